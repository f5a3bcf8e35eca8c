package manifest

import (
	"encoding/json"
	"strconv"
)

// AppendCompactJSON appends a value as json.Marshal writes it: without white
// space, the signs <, > and & as escapes. An error is one of encoding/json about a
// part that is not encodable; dst then comes back as it was.
func AppendCompactJSON(dst []byte, v Encodable) ([]byte, error) {
	w := compactWriter{dst: dst}
	v.EncodeTo(&w)
	if w.err != nil {
		return dst, w.err
	}
	return w.dst, nil
}

// compactWriter writes JSON without white space.
type compactWriter struct {
	dst []byte
	// comma says that a value came before in the same container.
	comma bool
	err   error
}

var _ Encoder = (*compactWriter)(nil)

// next separates a value or a member from the one before.
func (w *compactWriter) next() {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.comma = true
}

func (w *compactWriter) begin(bracket byte) {
	w.next()
	w.dst = append(w.dst, bracket)
	w.comma = false
}

func (w *compactWriter) end(bracket byte) {
	w.dst = append(w.dst, bracket)
	w.comma = true
}

// BeginMap implements [Encoder].
func (w *compactWriter) BeginMap() { w.begin('{') }

// EndMap implements [Encoder].
func (w *compactWriter) EndMap() { w.end('}') }

// BeginList implements [Encoder].
func (w *compactWriter) BeginList() { w.begin('[') }

// EndList implements [Encoder].
func (w *compactWriter) EndList() { w.end(']') }

// Field implements [Encoder].
func (w *compactWriter) Field(name string) {
	w.next()
	w.dst = append(append(append(w.dst, '"'), name...), `":`...)
	w.comma = false
}

// Key implements [Encoder].
func (w *compactWriter) Key(name string) {
	w.Text(name)
	w.dst = append(w.dst, ':')
	w.comma = false
}

// Text implements [Encoder].
func (w *compactWriter) Text(text string) {
	w.next()
	if traitsIn(text)&escaped != 0 {
		// It has no error for a string.
		quoted, _ := json.Marshal(text)
		w.dst = append(w.dst, quoted...)
		return
	}
	w.dst = append(append(append(w.dst, '"'), text...), '"')
}

// Int implements [Encoder].
func (w *compactWriter) Int(n int64) {
	w.next()
	w.dst = strconv.AppendInt(w.dst, n, 10)
}

// Bool implements [Encoder].
func (w *compactWriter) Bool(b bool) {
	w.next()
	w.dst = strconv.AppendBool(w.dst, b)
}

// Null implements [Encoder].
func (w *compactWriter) Null() {
	w.next()
	w.dst = append(w.dst, "null"...)
}

// Value implements [Encoder].
func (w *compactWriter) Value(value any) {
	text, err := json.Marshal(value)
	if w.err == nil {
		w.err = err
	}
	w.next()
	w.dst = append(w.dst, text...)
}
