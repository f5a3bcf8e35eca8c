package source

import (
	"bytes"
	"strings"
)

// header is what identifies an object.
type header struct{ apiVersion, kind, namespace, name string }

// scanHeader reads the header of a plainly written document by lines, without
// parsing. It answers false whenever the text could mean anything else than it
// seems to; then the document is to be parsed.
//
// At the first column it accepts plain keys, items of a list and comments only,
// and each key of interest exactly once, so a line inside a quoted text that
// looks like a key can't be mistaken for it: the real one would be the second.
func scanHeader(text []byte) (header, bool) {
	s := headerScan{indent: -1}
	for len(text) > 0 {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		if !s.line(line) {
			return header{}, false
		}
	}
	return s.header, s.apiVersions == 1 && s.kinds == 1 && s.metadatas == 1 && s.names <= 1 && s.namespaces <= 1
}

type headerScan struct {
	header
	apiVersions, kinds, metadatas, names, namespaces int

	inMetadata bool
	// indent is that of the keys of metadata, -1 until known.
	indent int
	// scalarIndent is the indent of the key whose value was just read, plus one;
	// a deeper line would continue the value.
	scalarIndent int
}

func (s *headerScan) line(line []byte) bool {
	indent := 0
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	rest := line[indent:]
	if len(rest) == 0 || rest[0] == '#' {
		return true
	}
	if rest[0] == '\t' || s.scalarIndent > 0 && indent >= s.scalarIndent {
		return false
	}
	s.scalarIndent = 0
	if indent == 0 {
		return s.topLevel(rest)
	}
	if !s.inMetadata {
		return true
	}
	if s.indent < 0 {
		s.indent = indent
	}
	if indent < s.indent {
		return false
	}
	if indent == s.indent {
		return s.metadataKey(rest)
	}
	return true
}

func (s *headerScan) topLevel(line []byte) bool {
	s.inMetadata = false
	if bytes.HasPrefix(line, []byte("- ")) {
		return s.apiVersions+s.kinds+s.metadatas > 0
	}
	key, value, ok := cutKey(line)
	if !ok {
		return false
	}
	switch string(key) {
	case "apiVersion":
		s.apiVersions++
		s.scalarIndent = 1
		s.apiVersion, ok = plainText(string(value))
	case "kind":
		s.kinds++
		s.scalarIndent = 1
		s.kind, ok = plainText(string(value))
	case "metadata":
		s.metadatas++
		s.inMetadata = true
		ok = len(value) == 0
	}
	return ok
}

func (s *headerScan) metadataKey(line []byte) bool {
	key, value, ok := cutKey(line)
	if !ok {
		// Items of a list may stand at the indent of their key.
		return bytes.HasPrefix(line, []byte("- "))
	}
	switch string(key) {
	case "name":
		s.names++
		s.scalarIndent = s.indent + 1
		s.name, ok = plainText(string(value))
	case "namespace":
		s.namespaces++
		s.scalarIndent = s.indent + 1
		s.namespace, ok = plainText(string(value))
	}
	return ok
}

// cutKey splits a line at the colon after a plain key of letters, and drops a
// comment after the colon.
func cutKey(line []byte) (key, value []byte, ok bool) {
	i := 0
	for i < len(line) && ('a' <= line[i]|0x20 && line[i]|0x20 <= 'z' || i > 0 && '0' <= line[i] && line[i] <= '9') {
		i++
	}
	if i == 0 || i == len(line) || line[i] != ':' || i+1 < len(line) && line[i+1] != ' ' {
		return nil, nil, false
	}
	rest := bytes.TrimSpace(line[i+1:])
	if len(rest) > 0 && rest[0] == '#' {
		rest = nil
	}
	return line[:i], rest, true
}

// plainText returns a value of letters, digits, dots, dashes and slashes, bare
// or in quotes, with an optional comment behind it, if Kubernetes takes it for a
// text.
func plainText(value string) (string, bool) {
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimRight(value[:i], " ")
	}
	bare := value
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		bare = value[1 : n-1]
	} else if resolvePlain(value).kind != textScalar {
		return "", false
	}
	for i := range len(bare) {
		c := bare[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' && i > 0 || c == '.' || c == '/') {
			return "", false
		}
	}
	return bare, bare != ""
}
