package compare

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/seldonctl/seldonctl/manifest"
)

// view turns both sides of a pair into text.
type view func(pair) (from, to []byte, err error)

// plain shows objects as they are written.
func plain(p pair) (from, to []byte, err error) {
	return p.each(func(o *Object) ([]byte, error) {
		return manifest.AppendYAML(nil, o.JSON)
	})
}

// readable shows objects with the predictor that orchestrators are given decoded.
func readable(p pair) (from, to []byte, err error) {
	return p.each(func(o *Object) ([]byte, error) {
		return manifest.AppendYAML(nil, decodePredictors(o.JSON))
	})
}

// each writes the sides that are there.
func (p pair) each(write func(*Object) ([]byte, error)) (from, to []byte, err error) {
	if p.from != nil {
		if from, err = write(p.from); err != nil {
			return nil, nil, err
		}
	}
	if p.to != nil {
		to, err = write(p.to)
	}
	return from, to, err
}

// The environment variable with the predictor, before and after decoding. Inside
// of a string of JSON its quotes would be escaped, so that it is found in an
// environment only.
const (
	encodedPredictor = `{"name":"ENGINE_PREDICTOR","value":"`
	decodedPredictor = `{"name":"ENGINE_PREDICTOR","value (decoded)":`
)

// decodePredictors writes out all predictors in JSON that can be decoded.
func decodePredictors(object []byte) []byte {
	var out []byte
	for {
		before, rest, found := bytes.Cut(object, []byte(encodedPredictor))
		out = append(out, before...)
		if !found {
			return out
		}
		encoded, after, _ := bytes.Cut(rest, []byte(`"`))
		predictor, err := base64.StdEncoding.AppendDecode(nil, encoded)
		if err != nil || !json.Valid(predictor) {
			out = append(out, encodedPredictor...)
			object = rest
			continue
		}
		out = append(append(out, decodedPredictor...), predictor...)
		object = after
	}
}
