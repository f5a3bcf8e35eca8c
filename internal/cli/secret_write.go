package cli

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
)

// write writes the objects, a file with permissions for its owner only.
func (o *secretOptions) write(result *secrets.Result) (err error) {
	out, err := encodeSecret(result.Objects(), o.format)
	if err != nil {
		return err
	}
	if o.output == "" || o.output == "-" {
		_, err := o.streams.Out.Write(out)
		return err
	}
	f, err := manifest.CreateFile(o.output, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(out); err != nil {
		return err
	}
	return f.Commit()
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
