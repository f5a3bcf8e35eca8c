package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// maxDocument is the size in bytes beyond which a document is refused. A whole
// List of thousands of objects stays below it.
const maxDocument = 16 << 20

// errTooLarge says that a document goes beyond maxDocument.
var errTooLarge = errors.New("document too large")

// chunk is the text of one document and its place in the file.
type chunk struct {
	text []byte
	line int
	// column is how many characters precede the text on its first line.
	column int
}

// splitter cuts a stream into the texts of its documents by looking at lines
// only: a line of --- at the first column ends a document wherever it stands,
// even in a block scalar. JSON objects that follow each other are cut as well.
type splitter struct {
	r     *bufio.Reader
	limit int
	line  int
	// cur is the chunk being collected.
	cur  chunk
	json jsonTracker
	// ready are chunks that are complete.
	ready []chunk
	err   error
}

// readBuffer is how many bytes are read at once.
const readBuffer = 64 << 10

func newSplitter() *splitter { return &splitter{limit: maxDocument} }

// open begins with a stream, about whose size the buffer need not be larger. The
// buffers are those of the stream before: for a folder of small files they would
// be most of the memory that is allocated.
func (s *splitter) open(r io.Reader, size int) {
	*s = splitter{r: s.r, limit: s.limit, cur: s.cur}
	if size = min(size, readBuffer); s.r == nil || s.r.Size() < size {
		s.r = bufio.NewReaderSize(r, max(size, 4096))
	}
	s.r.Reset(r)
	if head, _ := s.r.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		// Peek has shown that the bytes are there.
		_, _ = s.r.Discard(3)
	}
	s.begin(1, 0)
}

// utf16 reports whether the stream begins like UTF-16 or UTF-32.
func (s *splitter) utf16() bool {
	head, _ := s.r.Peek(2)
	if len(head) < 2 {
		return false
	}
	return head[0] == 0xfe && head[1] == 0xff || head[0] == 0xff && head[1] == 0xfe ||
		head[0] == 0 && head[1] != 0 || head[0] != 0 && head[1] == 0
}

// next returns the next chunk that holds more than comments. The error is
// io.EOF at the end, errTooLarge, or one of the reader.
func (s *splitter) next() (chunk, error) {
	for {
		for len(s.ready) > 0 {
			c := s.ready[0]
			s.ready = s.ready[1:]
			if !onlyComments(c.text) {
				return c, nil
			}
		}
		if s.err != nil {
			return chunk{line: s.cur.line, column: s.cur.column}, s.err
		}
		s.err = s.readLine()
		if s.err == io.EOF {
			s.end()
		}
	}
}

// readLine takes one line into the current chunk, or ends the chunk.
func (s *splitter) readLine() error {
	s.line++
	piece, err := s.r.ReadSlice('\n')
	text, column := piece, 0
	if rest, ok := cutMarker(piece); ok {
		s.end()
		s.begin(s.line+1, 0)
		text = bytes.TrimLeft(rest, " \t")
		if len(bytes.TrimSpace(text)) == 0 {
			text = nil
		} else {
			column = len(piece) - len(text)
			s.begin(s.line, column)
		}
	} else if s.json.complete() && startsObject(piece) {
		s.end()
		s.begin(s.line, 0)
	}
	for {
		if len(s.cur.text)+len(text) > s.limit {
			return errTooLarge
		}
		s.cur.text = append(s.cur.text, text...)
		s.json.feed(text)
		if err != bufio.ErrBufferFull {
			return err
		}
		text, err = s.r.ReadSlice('\n')
	}
}

func (s *splitter) begin(line, column int) {
	s.cur = chunk{text: s.cur.text[:0], line: line, column: column}
	s.json = jsonTracker{}
}

// end hands out the current chunk. Its text is copied: the buffer is used again.
func (s *splitter) end() {
	if len(s.cur.text) == 0 {
		return
	}
	c := s.cur
	c.text = bytes.Clone(c.text)
	s.ready = append(s.ready, splitObjects(c)...)
	s.cur.text = s.cur.text[:0]
}

// cutMarker returns what follows a document marker on its line.
func cutMarker(line []byte) ([]byte, bool) {
	if !bytes.HasPrefix(line, []byte("---")) && !bytes.HasPrefix(line, []byte("...")) {
		return nil, false
	}
	rest := line[3:]
	if len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0 {
		return rest, true
	}
	return nil, false
}

// onlyComments reports whether the text has nothing but blank lines, comments
// and YAML directives.
func onlyComments(text []byte) bool {
	for len(text) > 0 {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		directive := len(line) > 0 && line[0] == '%'
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && !directive {
			return false
		}
	}
	return true
}

// badText returns the place and kind of the first byte that no YAML file may
// hold, counted from the start of the text.
func badText(text []byte) (line, column int, what string) {
	at := -1
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
				at, what = i, controlName(c)
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			at, what = i, "a byte that is not UTF-8"
			break
		}
		if r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff {
			at, what = i, "a control character"
			break
		}
		i += size
	}
	if at < 0 {
		return 0, 0, ""
	}
	line = 1 + bytes.Count(text[:at], []byte("\n"))
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	return line, 1 + utf8.RuneCount(text[start:at]), what
}

func controlName(c byte) string {
	if c == 0 {
		return "a NUL byte"
	}
	return "a control character"
}
