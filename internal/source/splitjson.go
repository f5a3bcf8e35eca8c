package source

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// jsonTracker follows the braces of a text that begins like a JSON object. Its
// zero value has seen nothing.
type jsonTracker struct {
	state    jsonState
	depth    int
	inString bool
	escaped  bool
}

type jsonState int

const (
	jsonUnseen jsonState = iota
	jsonOpen
	// jsonDone is an object that is closed, with only space after it.
	jsonDone
	jsonNot
)

// complete reports whether the text so far is one closed object.
func (t *jsonTracker) complete() bool { return t.state == jsonDone }

func (t *jsonTracker) feed(text []byte) {
	for _, c := range text {
		if t.state == jsonNot {
			return
		}
		t.step(c)
	}
}

func (t *jsonTracker) step(c byte) {
	switch {
	case t.inString:
		switch {
		case t.escaped:
			t.escaped = false
		case c == '\\':
			t.escaped = true
		case c == '"':
			t.inString = false
		}
	case c == ' ' || c == '\t' || c == '\r' || c == '\n':
	case t.state != jsonOpen && c != '{', t.state == jsonDone:
		t.state = jsonNot
	case c == '"':
		t.inString = true
	case c == '{' || c == '[':
		t.state = jsonOpen
		t.depth++
	case c == '}' || c == ']':
		if t.depth--; t.depth == 0 {
			t.state = jsonDone
		}
	}
}

// startsObject reports whether the line begins with an opening brace.
func startsObject(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 0 && line[0] == '{'
}

// splitObjects cuts JSON objects that follow each other without a separator.
// Anything else, a YAML flow mapping for example, is left whole.
func splitObjects(c chunk) []chunk {
	var out []chunk
	for {
		var t jsonTracker
		end := -1
		for i, b := range c.text {
			t.step(b)
			if t.state == jsonDone {
				end = i + 1
				break
			}
			if t.state == jsonNot {
				break
			}
		}
		if end < 0 || !startsObject(bytes.TrimLeft(c.text[end:], " \t\r\n")) || !json.Valid(c.text[:end]) {
			return append(out, c)
		}
		first := c
		first.text = c.text[:end:end]
		out = append(out, first)
		next := end + len(c.text[end:]) - len(bytes.TrimLeft(c.text[end:], " \t\r\n"))
		c = advance(c, next)
	}
}

// advance returns the rest of the chunk from the offset on.
func advance(c chunk, offset int) chunk {
	skipped := c.text[:offset]
	c.text = c.text[offset:]
	if i := bytes.LastIndexByte(skipped, '\n'); i >= 0 {
		c.line += bytes.Count(skipped, []byte("\n"))
		c.column = 0
		skipped = skipped[i+1:]
	}
	c.column += utf8.RuneCount(skipped)
	return c
}
