package secrets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/seldonctl/seldonctl/finding"
)

// ReadEnvFile reads lines NAME=VALUE as kubectl create secret --from-env-file
// does: values as they are, quotes and blanks at the end included; lines that
// begin with # are comments; a name alone takes its value from the environment,
// which may be nil, and nothing if it is not set there. The last of equal names
// counts.
func ReadEnvFile(f File, environment func(name string) (string, bool)) (map[string]Sensitive, finding.List) {
	if !utf8.Valid(f.Data) {
		return nil, finding.List{f.fault(0, "is not valid UTF-8")}
	}
	values := map[string]Sensitive{}
	var faults finding.List
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(string(f.Data), "\ufeff")) {
		number++
		line = strings.TrimRight(line, "\r\n")
		line = strings.TrimLeftFunc(line, unicode.IsSpace)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, assigned := strings.Cut(line, "=")
		if problems := validation.IsEnvVarName(name); len(problems) > 0 {
			faults = append(faults, f.envFault(number, name))
			if len(faults) >= maxFaults {
				break
			}
			continue
		}
		if !assigned && environment != nil {
			value, assigned = environment(name)
		}
		if assigned {
			values[name] = Sensitive(value)
		}
	}
	return values, faults
}

// envFault is about a line that does not begin with a name. The line is not
// quoted, it may be the rest of a secret.
func (f *File) envFault(line int, name string) finding.Finding {
	switch {
	case strings.HasPrefix(name, "export "):
		return f.fault(line, "begins with export, which kubectl refuses too").WithHint("write NAME=VALUE")
	case strings.TrimSpace(name) != name:
		return f.fault(line, "has a space before =").WithHint("write NAME=VALUE")
	}
	return f.fault(line, "does not begin with the name of a variable").WithHint("write NAME=VALUE, with all of the value on one line")
}
