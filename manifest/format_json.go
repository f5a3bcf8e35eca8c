package manifest

// jsonFormat writes one List, the way kubectl -o json prints several objects.
type jsonFormat struct{ json marshaler }

var _ Format = (*jsonFormat)(nil)

// itemLevel is how deep the items of the List are.
const itemLevel = 2

// Append implements [Format].
func (f *jsonFormat) Append(dst []byte, o Object) ([]byte, error) {
	return f.item(dst, o, false)
}

// AppendPassed implements [Format].
func (f *jsonFormat) AppendPassed(dst []byte, d Document) ([]byte, error) {
	return f.item(dst, d.Object, true)
}

func (f *jsonFormat) item(dst []byte, o Object, whole bool) ([]byte, error) {
	start := len(dst)
	err := f.json.withJSON(o.Value, func(json []byte) (err error) {
		dst, err = AppendJSON(append(dst, "        "...), json, itemLevel, whole)
		return err
	})
	if err != nil {
		return dst[:start], o.fault(err)
	}
	return dst, nil
}

// Frame implements [Format].
func (f *jsonFormat) Frame() Frame {
	const head = "{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"List\",\n    \"items\": ["
	return Frame{Head: head + "\n", Between: ",\n", Tail: "\n    ]\n}\n", Empty: head + "]\n}\n"}
}
