package manifest

// AppendJSON appends one JSON value with its members on lines of their own, four
// spaces a level as kubectl prints, starting at the given level and without a
// newline at the end. Keys keep their order; what says nothing is left out (see
// noise.go) unless the value is kept whole. Errors are those of [AppendYAML].
func AppendJSON(dst, json []byte, level int, whole bool) ([]byte, error) {
	w := jsonWriter{scan: scan{in: json}, dst: dst, level: level, whole: whole}
	if _, err := w.value(0); err != nil {
		return dst, err
	}
	if err := w.end(); err != nil {
		return dst, err
	}
	return w.dst, nil
}

// jsonWriter indents JSON.
type jsonWriter struct {
	scan
	dst   []byte
	level int
	whole bool
}

// value writes the next value and reports whether it is an empty map.
func (w *jsonWriter) value(depth int) (empty bool, err error) {
	if depth > maxDepth {
		return false, errTooDeep
	}
	switch w.peek() {
	case '{':
		return w.container('}', depth+1, w.member)
	case '[':
		_, err := w.container(']', depth+1, w.item)
		return false, err
	case '"':
		return false, w.text()
	}
	word, err := w.literal()
	w.dst = append(w.dst, word...)
	return false, err
}

// text copies a string with its escapes.
func (w *jsonWriter) text() error {
	start := w.at
	_, _, err := w.scan.text()
	w.dst = append(w.dst, w.in[start:w.at]...)
	return err
}

// container writes a map or a list, an element at a time.
func (w *jsonWriter) container(closing byte, depth int, element func(depth int) (written bool, err error)) (empty bool, err error) {
	w.dst = append(w.dst, w.in[w.at])
	w.at++
	empty = true
	for first := true; ; first = false {
		more, err := w.more(closing, first)
		if err != nil {
			return false, err
		}
		if !more {
			break
		}
		start := len(w.dst)
		if !empty {
			w.dst = append(w.dst, ',')
		}
		w.newline(depth)
		written, err := element(depth)
		if err != nil {
			return false, err
		}
		if !written {
			w.dst = w.dst[:start]
		}
		empty = empty && !written
	}
	if !empty {
		w.newline(depth - 1)
	}
	w.dst = append(w.dst, closing)
	return empty, nil
}

// item writes an item of a list.
func (w *jsonWriter) item(depth int) (written bool, err error) {
	_, err = w.value(depth)
	return true, err
}

// member writes a member of a map, unless it is noise.
func (w *jsonWriter) member(depth int) (written bool, err error) {
	start := w.at
	key, _, err := w.key()
	if err != nil {
		return false, err
	}
	w.dst = append(w.dst, w.in[start:w.at]...)
	w.dst = append(w.dst, ' ')
	if w.whole {
		_, err := w.value(depth)
		return true, err
	}
	if w.peek() == 'n' {
		_, err := w.literal()
		return false, err
	}
	if isStatus(key, depth) {
		return false, w.skip()
	}
	noiseWhenEmpty := isNoiseWhenEmpty(key, depth)
	empty, err := w.value(depth)
	return !(empty && noiseWhenEmpty), err
}

func (w *jsonWriter) newline(depth int) {
	const spacesPerLevel = 4
	w.dst = appendLine(w.dst, spacesPerLevel*(w.level+depth))
}
