package recorded

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// isPayload tells the environment entry with the orchestrator's snapshot.
func isPayload(entry map[string]any) bool {
	_, ok := entry["value"].(string)
	return ok && entry["name"] == "ENGINE_PREDICTOR"
}

// payload compares two values of ENGINE_PREDICTOR by their decoded bytes: a pod
// that keeps every byte is not restarted. What differs is told by field first.
func (d *differences) payload(path string, got, want any) {
	path = join(path, "value")
	g, gotErr := base64.StdEncoding.DecodeString(text(got))
	w, wantErr := base64.StdEncoding.DecodeString(text(want))
	if gotErr != nil || wantErr != nil {
		d.value(path, got, want)
		return
	}
	if bytes.Equal(g, w) {
		return
	}
	gotTree, gotOK := decodeJSON(g)
	wantTree, wantOK := decodeJSON(w)
	before := len(d.lines)
	if gotOK && wantOK {
		// The trees are not pruned: in JSON an empty field is not an absent one.
		d.value(path+" (decoded)", gotTree, wantTree)
	}
	if len(d.lines) == before {
		at := firstDifference(g, w)
		d.add(path+" (decoded)", "differs at byte %d: got %s, want %s", at, around(g, at), around(w, at))
	}
}

func decodeJSON(text []byte) (tree any, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return tree, decoder.Decode(&tree) == nil
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// around shows a few bytes before and after a place.
func around(text []byte, at int) string {
	return strconv.Quote(string(text[max(0, at-30):min(len(text), at+40)]))
}

// longest is the number of bytes of a value that are shown.
const longest = 160

// show returns a value as a reader knows it, and not too much of it.
func show(v any) string {
	if v == nil {
		return "null"
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return shortened(fmt.Sprint(v))
	}
	return shortened(strings.TrimSuffix(b.String(), "\n"))
}

func shortened(s string) string {
	if len(s) <= longest {
		return s
	}
	return s[:longest] + fmt.Sprintf("... (%d bytes)", len(s))
}
