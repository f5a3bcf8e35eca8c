package migrate

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// edit changes one value in the text of a file.
type edit struct {
	at     finding.Position
	path   *field.Path
	object finding.Object
	// old is the value that stands there, and next what replaces it, unless a member
	// is to be added behind it.
	old, next string
	// member is the envSecretRefName that is added.
	member string
}

// replace is the edit that gives a field another text.
func replace(doc *source.Document, path *field.Path, old, next string) edit {
	return edit{at: doc.Locate(path), path: path, object: doc.Object(), old: old, next: next}
}

// change is an edit with the bytes it is about.
type change struct {
	begin, end int
	text       string
}

// apply returns the text with all edits.
func apply(text []byte, edits []edit) ([]byte, finding.List) {
	lines := []int{0}
	for i, c := range text {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	var changes []change
	var findings finding.List
	for _, e := range edits {
		c, ok := e.change(text, lines)
		if !ok {
			findings = append(findings, finding.New(finding.MigrationByHand, e.path, "the text here cannot be edited: it is an alias, or stands on several lines").
				WithHint("%s", e.hint()).About(e.object).At(e.at))
			continue
		}
		changes = append(changes, c)
	}
	// An insertion comes behind the replacement of the value it follows. What several
	// models share is changed once.
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Or(a.begin-b.begin, a.end-b.end) })
	changes = slices.Compact(changes)
	var out []byte
	done := 0
	for _, c := range changes {
		if c.begin < done {
			continue
		}
		out = append(append(out, text[done:c.begin]...), c.text...)
		done = c.end
	}
	return append(out, text[done:]...), findings
}

func (e *edit) hint() string {
	if e.member != "" {
		return "add envSecretRefName: " + e.member + " by hand, and run again"
	}
	return "write " + e.next + " by hand, and run again"
}

// change finds the bytes of an edit.
func (e *edit) change(text []byte, lines []int) (change, bool) {
	if e.at.Line < 1 || e.at.Line > len(lines) {
		return change{}, false
	}
	begin := lines[e.at.Line-1]
	for range e.at.Column - 1 {
		_, size := utf8.DecodeRune(text[begin:])
		begin += size
	}
	end, quote := begin, ""
	if rest := text[begin:]; len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
		quote = string(rest[:1])
	}
	token := quote + e.old + quote
	if !bytes.HasPrefix(text[begin:], []byte(token)) {
		return change{}, false
	}
	end += len(token)
	if e.member == "" {
		return change{begin, end, quote + e.next + quote}, true
	}
	return e.insertion(text, lines[e.at.Line-1], begin, end)
}

// insertion adds a member behind a value: in braces with a comma, else as a line
// of its own.
func (e *edit) insertion(text []byte, line, begin, end int) (change, bool) {
	before := text[line:begin]
	key := bytes.LastIndex(before, []byte("modelUri"))
	if key < 0 {
		return change{}, false
	}
	quote := ""
	if key > 0 && (before[key-1] == '"' || before[key-1] == '\'') {
		key--
		quote = string(before[key])
	}
	name, value := quote+"envSecretRefName"+quote+": ", quote+e.member+quote
	rest, _, _ := bytes.Cut(text[end:], []byte("\n"))
	next := bytes.TrimLeft(rest, " \t\r")
	block := len(next) == 0 || next[0] == '#'
	if !block || quote == `"` {
		return change{end, end, ", " + name + value}, true
	}
	lineEnd := "\n"
	if bytes.HasSuffix(rest, []byte("\r")) {
		lineEnd, rest = "\r\n", rest[:len(rest)-1]
	}
	end += len(rest)
	return change{end, end, lineEnd + strings.Repeat(" ", utf8.RuneCount(before[:key])) + name + value}, true
}
