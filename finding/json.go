package finding

import (
	"io"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// The types of the json format. Names and meaning are stable; what is unknown
// is left out (docs/reports.md, json).
type (
	jsonReport struct {
		Findings []jsonFinding `json:"findings"`
		Errors   int           `json:"errors"`
		Warnings int           `json:"warnings"`
		Notes    int           `json:"notes"`
	}
	jsonFinding struct {
		Code     Code        `json:"code"`
		Severity string      `json:"severity"`
		File     string      `json:"file,omitempty"`
		Line     int         `json:"line,omitempty"`
		Column   int         `json:"column,omitempty"`
		Object   *jsonObject `json:"object,omitempty"`
		Path     string      `json:"path,omitempty"`
		Message  string      `json:"message"`
		Hint     string      `json:"hint,omitempty"`
	}
	jsonObject struct {
		APIVersion string `json:"apiVersion,omitempty"`
		Kind       string `json:"kind,omitempty"`
		Namespace  string `json:"namespace,omitempty"`
		Name       string `json:"name,omitempty"`
	}
)

type jsonReporter struct{ w io.Writer }

var _ Reporter = (*jsonReporter)(nil)

func (r *jsonReporter) Report(l List) error {
	report := jsonReport{
		Findings: make([]jsonFinding, 0, len(l)),
		Errors:   l.Count(Error),
		Warnings: l.Count(Warning),
		Notes:    l.Count(Note),
	}
	for _, f := range l {
		item := jsonFinding{
			Code: f.Code, Severity: f.Severity.String(),
			File: f.Pos.File, Line: f.Pos.Line, Column: f.Pos.Column,
			Path: pathText(f.Path), Message: f.Message, Hint: f.Hint,
		}
		if f.Object != (Object{}) {
			item.Object = (*jsonObject)(&f.Object)
		}
		report.Findings = append(report.Findings, item)
	}
	return printable.JSON(r.w, report)
}
