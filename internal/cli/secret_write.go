package cli

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
)

// write writes the objects, a file with permissions for its owner only.
func (o *secretOptions) write(result *secrets.Result) error {
	out, err := encodeSecret(result.Objects(), o.format)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error {
		_, err := w.Write(out)
		return err
	}
	if o.output == "" || o.output == "-" {
		return write(o.streams.Out)
	}
	return writeFile(o.output, true, write)
}

// encodeSecret writes one object of JSON as kubectl does, bare, and several as
// a List.
func encodeSecret(objects []manifest.Object, name string) ([]byte, error) {
	if name == "json" && len(objects) == 1 {
		text, err := json.Marshal(objects[0].Value)
		if err != nil {
			return nil, err
		}
		out, err := manifest.AppendJSON(nil, text, 0, false)
		return append(out, '\n'), err
	}
	format, err := manifest.NewFormat(name)
	if err != nil {
		return nil, err
	}
	frame := format.Frame()
	out := bytes.NewBufferString(frame.Head)
	for i, object := range objects {
		if i > 0 {
			out.WriteString(frame.Between)
		}
		text, err := format.Append(nil, object)
		if err != nil {
			return nil, err
		}
		out.Write(text)
	}
	out.WriteString(frame.Tail)
	return out.Bytes(), nil
}
