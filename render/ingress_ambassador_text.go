package render

import (
	"strconv"
	"strings"
)

// appendTo appends the Mapping in YAML, as the operator's library writes it. Nearly
// all Mappings hold nothing but plain words, and writing those without the library
// takes a tenth off the time of a run; the library writes all others.
func (m *ambassadorMapping) appendTo(out []byte) []byte {
	if plain, ok := m.appendPlain(out); ok {
		return plain
	}
	return append(out, toYAML(m)...)
}

// appendPlain appends the Mapping and answers false when there is more to it than
// plain words.
func (m *ambassadorMapping) appendPlain(out []byte) ([]byte, bool) {
	if m.RegexHeaders != nil || m.RetryPolicy != nil || m.CircuitBreakers != nil {
		return nil, false
	}
	w := plainMembers{out: out, ok: true}
	w.word("apiVersion: ", m.APIVersion)
	w.word("kind: ", m.Kind)
	w.word("name: ", m.Name)
	w.flag("grpc: true\n", m.GRPC)
	w.word("prefix: ", m.Prefix)
	w.flag("prefix_regex: true\n", m.PrefixRegex)
	if m.Rewrite == "" {
		w.out = append(w.out, "rewrite: \"\"\n"...)
	} else {
		w.word("rewrite: ", m.Rewrite)
	}
	w.word("service: ", m.Service)
	w.number("timeout_ms: ", m.TimeoutMS)
	if m.IdleTimeoutMS != 0 {
		w.number("idle_timeout_ms: ", m.IdleTimeoutMS)
	}
	w.wordsBelow("headers:\n", m.Headers)
	if m.Weight != 0 {
		w.number("weight: ", int(m.Weight))
	}
	w.flag("shadow: true\n", m.Shadow)
	w.wordIfAny("ambassador_id: ", m.AmbassadorID)
	w.wordIfAny("tls: ", m.TLS)
	return w.out, w.ok
}

// plainMembers appends the members of a YAML mapping for as long as they are
// plain words.
type plainMembers struct {
	out []byte
	ok  bool
}

func (w *plainMembers) word(key, value string) {
	w.ok = w.ok && isPlainWord(value)
	w.out = append(append(append(w.out, key...), value...), '\n')
}

func (w *plainMembers) wordIfAny(key, value string) {
	if value != "" {
		w.word(key, value)
	}
}

func (w *plainMembers) number(key string, value int) {
	w.out = append(strconv.AppendInt(append(w.out, key...), int64(value), 10), '\n')
}

func (w *plainMembers) flag(line string, set bool) {
	if set {
		w.out = append(w.out, line...)
	}
}

func (w *plainMembers) wordsBelow(line string, members map[string]string) {
	if len(members) == 0 {
		return
	}
	w.out = append(w.out, line...)
	var few [4]string
	for _, key := range sortedKeys(few[:0], members) {
		// Only these two keys are known to be sorted alike.
		w.ok = w.ok && (key == "namespace" || key == "seldon")
		w.word("  "+key+": ", members[key])
	}
}

// isPlainWord reports whether YAML takes a text without quotes for that text: a
// word that begins with a letter or a slash and is not one of YAML's own.
func isPlainWord(s string) bool {
	if s == "" || !isLetter(s[0]) && s[0] != '/' {
		return false
	}
	for i := 1; i < len(s); i++ {
		c := s[i]
		switch {
		case isLetter(c), '0' <= c && c <= '9':
		case c == '/', c == '-', c == '_', c == '.', c == '(', c == ')', c == '|', c == '*':
		case c == ':' && i+1 < len(s):
		default:
			return false
		}
	}
	if len(s) > len("false") {
		return true
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
