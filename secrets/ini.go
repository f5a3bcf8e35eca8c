package secrets

import (
	"strings"

	"github.com/seldonctl/seldonctl/finding"
)

// The rules of the INI files of rclone and the AWS tools, as far as they agree:
// sections in brackets, name = value, both trimmed; comments are whole lines
// that begin with # or ;. Values are taken as they are, with quotes and all.
// An indented line belongs to the value above it and is left out: AWS keeps
// settings of single services there, rclone writes none.
//
// A library would do more to values than these programs do, and its errors
// quote the line, which may be a secret.

type iniSection struct {
	name    string
	line    int
	entries []iniEntry
}

type iniEntry struct {
	key   string
	value Sensitive
	line  int
}

// parseINI returns the sections in their order. Equal names are joined, later
// entries follow earlier ones.
func parseINI(f File) ([]iniSection, finding.List) {
	var (
		sections []iniSection
		faults   finding.List
		index    = map[string]int{}
		current  = -1
		number   int
	)
	for line := range strings.Lines(strings.TrimPrefix(string(f.Data), "\ufeff")) {
		number++
		text := strings.TrimSpace(line)
		name, isName := strings.CutPrefix(text, "[")
		key, value, isEntry := strings.Cut(text, "=")
		indented := line[0] == ' ' || line[0] == '\t'
		switch {
		case text == "" || text[0] == '#' || text[0] == ';':
		case indented && current >= 0 && len(sections[current].entries) > 0:
		case isName:
			name, _, closed := strings.Cut(name, "]")
			if !closed {
				faults = append(faults, f.fault(number, "begins a section without a closing bracket"))
			}
			name = strings.TrimSpace(name)
			known := false
			if current, known = index[name]; !known {
				current = len(sections)
				index[name] = current
				sections = append(sections, iniSection{name: name, line: number})
			}
		case !isEntry:
			faults = append(faults, f.fault(number, "is neither a section in brackets nor name = value"))
		case current < 0:
			faults = append(faults, f.fault(number, "comes before the first section"))
		default:
			s := &sections[current]
			s.entries = append(s.entries, iniEntry{key: strings.TrimSpace(key), value: Sensitive(strings.TrimSpace(value)), line: number})
		}
		if len(faults) >= maxFaults {
			break
		}
	}
	return sections, faults
}

// maxFaults is how many faults of one file are worth reading.
const maxFaults = 20

// get returns the last value of a key.
func (s *iniSection) get(key string) (Sensitive, bool) {
	for i := len(s.entries) - 1; i >= 0; i-- {
		if strings.EqualFold(s.entries[i].key, key) {
			return s.entries[i].value, true
		}
	}
	return "", false
}
