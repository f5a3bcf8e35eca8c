package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/finding"
)

//go:embed page.html
var frame string

//go:embed page.css
var style string

//go:embed page.js
var script string

// Model is a SeldonDeployment with what is told of it.
type Model struct {
	// Name is what it is chosen by.
	Name string
	// File and Line say where its text begins.
	File string
	Line int
	// Text is the SeldonDeployment as it was written.
	Text []byte
	// Picture is an SVG document, empty for none.
	Picture  []byte
	Objects  []explain.Rendered
	Findings finding.List
}

// The JSON that the script reads. Its names are those of the script.
type (
	pageModels struct {
		Models []string   `json:"models"`
		Rules  []pageRule `json:"rules"`
	}
	pageRule struct {
		Section string `json:"section"`
		Text    string `json:"text"`
		Quirk   bool   `json:"quirk"`
		Change  string `json:"change"`
	}
	pageModel struct {
		File    string   `json:"file"`
		Line    int      `json:"line"`
		Picture string   `json:"picture"`
		Input   []string `json:"input"`
		Output  []string `json:"output"`
		// At are the leaves of the lines of the output, -1 for none, and Reached the
		// lines of the output that come from those of the input.
		At       []int         `json:"at"`
		Reached  [][]int       `json:"reached"`
		Leaves   []pageLeaf    `json:"leaves"`
		Sources  []pageSource  `json:"sources"`
		Findings []pageFinding `json:"findings"`
	}
	pageLeaf struct {
		Path    string `json:"path"`
		Rule    int    `json:"rule"`
		Sources []int  `json:"sources"`
		// Opened is what a text holds.
		Opened string `json:"opened,omitempty"`
	}
	pageSource struct {
		Kind   explain.Kind `json:"kind"`
		Text   string       `json:"text"`
		Remedy string       `json:"remedy"`
		Unset  bool         `json:"unset,omitempty"`
		// Line is that of the input, from 0, or -1.
		Line int `json:"line"`
	}
	pageFinding struct {
		Severity string       `json:"severity"`
		Code     finding.Code `json:"code"`
		Text     string       `json:"text"`
		Line     int          `json:"line"`
	}
)

// Write writes a page about models.
func Write(w io.Writer, title string, models []Model) error {
	all := pageModels{}
	rules := map[explain.Rule]int{}
	var data bytes.Buffer
	for i, m := range models {
		all.Models = append(all.Models, m.Name)
		p, err := newModel(m, func(r explain.Rule) int {
			if _, ok := rules[r]; !ok {
				rules[r] = len(all.Rules)
				all.Rules = append(all.Rules, pageRule(r))
			}
			return rules[r]
		})
		if err != nil {
			return err
		}
		if err := addJSON(&data, fmt.Sprintf("model%d", i), p); err != nil {
			return err
		}
	}
	if err := addJSON(&data, "models", all); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte("\n" + script))
	policy := "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"
	before, after, _ := strings.Cut(strings.NewReplacer("POLICY", policy, "TITLE", html.EscapeString(title), "STYLE", style, "SCRIPT", script).Replace(frame), "DATA")
	for _, part := range [][]byte{[]byte(before), data.Bytes(), []byte(after)} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// addJSON adds data for the script. encoding/json escapes what could end the
// element.
func addJSON(out *bytes.Buffer, id string, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `<script type="application/json" id="%s">%s</script>`+"\n", id, text)
	return nil
}

func newModel(m Model, rule func(explain.Rule) int) (*pageModel, error) {
	p := &pageModel{File: m.File, Line: m.Line, Picture: string(m.Picture), Findings: []pageFinding{}, Leaves: []pageLeaf{}, Sources: []pageSource{}}
	for line := range strings.Lines(string(m.Text)) {
		p.Input = append(p.Input, strings.TrimRight(line, "\r\n"))
	}
	p.Reached = make([][]int, len(p.Input))
	for i := range p.Reached {
		p.Reached[i] = []int{}
	}
	for _, f := range m.Findings {
		text := f.Message + " [" + string(f.Code) + "]"
		if f.Hint != "" {
			text = f.Message + "; " + f.Hint + " [" + string(f.Code) + "]"
		}
		p.Findings = append(p.Findings, pageFinding{f.Severity.String(), f.Code, text, p.lineOf(m, f.Pos)})
	}
	known := map[explain.Source]int{}
	for i, object := range m.Objects {
		if i > 0 {
			p.Output, p.At = append(p.Output, "---"), append(p.At, -1)
		}
		lines, err := object.Lines()
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			p.add(m, line, rule, known)
		}
	}
	return p, nil
}

// add adds a line of the output.
func (p *pageModel) add(m Model, line explain.Line, rule func(explain.Rule) int, known map[explain.Source]int) {
	row := len(p.Output)
	p.Output = append(p.Output, line.Text)
	if line.Leaf == nil {
		p.At = append(p.At, -1)
		return
	}
	p.At = append(p.At, len(p.Leaves))
	l := pageLeaf{Path: line.Leaf.Named, Rule: rule(line.Leaf.Rule), Sources: []int{}}
	if line.Leaf.Opened {
		l.Opened = explain.Opened(line.Leaf.Text)
	}
	for _, s := range line.Leaf.Sources {
		number, ok := known[s]
		if !ok {
			number = len(p.Sources)
			known[s] = number
			text := s.String()
			if s.Text != "" {
				text += ": " + s.Text
			}
			p.Sources = append(p.Sources, pageSource{s.Kind, text, s.Remedy(), s.Unset, p.lineOf(m, s.Pos)})
		}
		l.Sources = append(l.Sources, number)
		if at := p.Sources[number].Line; at >= 0 && !slices.Contains(p.Reached[at], row) {
			p.Reached[at] = append(p.Reached[at], row)
		}
	}
	p.Leaves = append(p.Leaves, l)
}

// lineOf returns the line of the input that a place is on, from 0, or -1.
func (p *pageModel) lineOf(m Model, pos finding.Position) int {
	at := pos.Line - m.Line
	if pos.File != m.File || pos.Line == 0 || at < 0 || at >= len(p.Input) {
		return -1
	}
	return at
}
