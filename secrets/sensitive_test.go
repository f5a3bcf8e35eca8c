package secrets_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/secrets"
)

func TestSensitivePrintsAsAsterisksWithEveryVerb(t *testing.T) {
	t.Parallel()
	type holder struct{ Key secrets.Sensitive }
	const text = "hunter2"
	values := []any{
		secrets.Sensitive(text), new(secrets.Sensitive(text)), holder{text}, &holder{text},
		[]secrets.Sensitive{text}, map[string]secrets.Sensitive{"a": text}, map[secrets.Sensitive]string{text: "a"},
		secrets.FieldSource{Inline: text}, secrets.Request{Values: map[string]secrets.Sensitive{"a": text}},
	}
	hexed := fmt.Sprintf("%x", text)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%T %v", "%10s", "%!", "%t", "%c", "%U"} {
		for _, v := range values {
			out := fmt.Sprintf(verb, v)
			if strings.Contains(out, text) || strings.Contains(strings.ToLower(strings.ReplaceAll(out, " ", "")), hexed) || strings.Contains(out, "104 117") {
				t.Errorf("%s of %T shows the text: %s", verb, v, out)
			}
		}
	}
	if got := fmt.Sprintf("%v|%s|%#v", values[0], values[0], values[0]); got != "***|***|***" {
		t.Errorf("got %s", got)
	}
}

func TestSensitiveIsMaskedInJSONAndLogs(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("x", "key", secrets.Sensitive("hunter2"), "all", map[string]secrets.Sensitive{"hunter2k": "hunter2"})
	}
	js, err := json.Marshal(map[string]any{"a": secrets.Sensitive("hunter2"), "b": []secrets.Sensitive{"hunter2"}})
	if err != nil {
		t.Fatal(err)
	}
	if string(js) != `{"a":"***","b":["***"]}` {
		t.Errorf("got %s", js)
	}
	if strings.Contains(strings.ReplaceAll(log.String(), "hunter2k", ""), "hunter2") {
		t.Errorf("the log shows the text: %s", log.String())
	}
}
