package source_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/seldonctl/seldonctl/internal/source"
)

func TestADocumentGetsANamespaceAndKeepsItsText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"block", "kind: Secret\napiVersion: v1\nmetadata:\n  # mine\n  name: a # b\n  labels: {x: y}\ndata: {}\n",
			"kind: Secret\napiVersion: v1\nmetadata:\n  # mine\n  name: a # b\n  namespace: team\n  labels: {x: y}\ndata: {}\n"},
		{"the name last, without a line end", "apiVersion: v1\nkind: Secret\nmetadata:\n    name: \"a\"",
			"apiVersion: v1\nkind: Secret\nmetadata:\n    name: \"a\"\n    namespace: team\n"},
		{"lines of Windows", "apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n  name: a\r\n",
			"apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n  name: a\r\n  namespace: team\r\n"},
		{"flow", "apiVersion: v1\nkind: Secret\nmetadata: {labels: {ä: \"ö\"}, name: a} # b\n",
			"apiVersion: v1\nkind: Secret\nmetadata: {labels: {ä: \"ö\"}, name: a, namespace: team} # b\n"},
		{"JSON", `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}`,
			`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "namespace": "team"}}` + "\n"},
		{"an empty namespace", "apiVersion: v1\nkind: Secret\nmetadata:\n  namespace: # none\n  name: a\n",
			"apiVersion: v1\nkind: Secret\nmetadata:\n  namespace: team # none\n  name: a\n"},
		{"an empty namespace in quotes", "apiVersion: v1\nkind: Secret\nmetadata: {namespace: '', name: a}\n",
			"apiVersion: v1\nkind: Secret\nmetadata: {namespace: team, name: a}\n"},
		{"null", "apiVersion: v1\nkind: Secret\nmetadata:\n  namespace: null\n  name: a\n",
			"apiVersion: v1\nkind: Secret\nmetadata:\n  namespace: team\n  name: a\n"},
		{"one of its own", "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\n",
			"apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\n"},
		{"no metadata", "apiVersion: v1\nkind: Secret\n", "apiVersion: v1\nkind: Secret\n"},
		{"an alias", "apiVersion: v1\nkind: Secret\ndata: &m {name: a}\nmetadata: *m\n",
			"{\n  \"apiVersion\": \"v1\",\n  \"data\": {\n    \"name\": \"a\"\n  },\n  \"kind\": \"Secret\",\n  \"metadata\": {\n    \"name\": \"a\",\n    \"namespace\": \"team\"\n  }\n}\n"},
		{"a name of several lines", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: >-\n    a\n",
			"{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Secret\",\n  \"metadata\": {\n    \"name\": \"a\",\n    \"namespace\": \"team\"\n  }\n}\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := inTeam(t, tt.text)
			if got[len(got)-1] != '\n' {
				got += "\n"
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// inTeam returns the text of a document in the namespace team.
func inTeam(t *testing.T, text string) string {
	t.Helper()
	docs, faults := read(t, text)
	if len(docs) != 1 {
		t.Fatalf("got %d documents and %v", len(docs), faults)
	}
	return string(docs[0].InNamespace("team").Raw)
}

// FuzzInNamespace looks for texts that say something else with a namespace.
func FuzzInNamespace(f *testing.F) {
	addSeeds(f)
	f.Add([]byte("kind: A\napiVersion: v1\nmetadata: {\"name\": \"a\", x: {name: b}}\n"))
	f.Add([]byte("kind: A\napiVersion: v1\nmetadata:\n  namespace:\n  name: 'a'\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, _ := drain(source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(data)}))
		for _, doc := range docs {
			before, beforeFaults := object(doc)
			after, afterFaults := object(doc.InNamespace("team"))
			if beforeFaults || afterFaults {
				continue
			}
			for _, o := range []map[string]any{before, after} {
				if metadata, ok := o["metadata"].(map[string]any); ok {
					delete(metadata, "namespace")
				}
			}
			// A diff of what aliases stand for takes minutes.
			if !reflect.DeepEqual(before, after) {
				t.Errorf("%q:\n%v\n%v", doc.Raw, before, after)
			}
		}
	})
}

func object(doc *source.Document) (out map[string]any, faulty bool) {
	text, faults := doc.JSON()
	faulty = faults.HasErrors() || json.Unmarshal(text, &out) != nil
	return out, faulty
}
