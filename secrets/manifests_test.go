package secrets_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/secrets"
)

// manifests are objects that Secrets come from, by what is special about them.
var manifests = []struct{ name, object string }{
	{"a Secret", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n","annotations":{"a":"b"}},"data":{"A":"aHVudGVyMg==","E":""},"stringData":{"B":"hunter2","N":null}}`},
	{"a Secret with base64 in lines", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"A":"aHVu\ndGVyMg==\n"}}`},
	{"plain text under data", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"A":"hunter2-"}}`},
	{"numbers and booleans", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"A":1},"stringData":{"B":true,"C":{"hunter2":"hunter2"}}}`},
	{"no map", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":"hunter2","stringData":["hunter2"]}`},
	{"values of a template", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"A":"${A}"},"stringData":{"AWS_ENDPOINT_URL":"{{ .Values.a }}"}}`},
	{"values that cannot work", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"AWS_ENDPOINT_URL":"hunter2:9000","AWS_ACCESS_KEY_ID":"XXXX","AWS_SECRET_ACCESS_KEY":"AKIAIOSFODNN7EXAMPLE","AZ_CLIENT_ID":"hunter2\n","AZ_CLIENT_SECRET":"a\nb","AZ_TENANT_ID":" x","RCLONE_CONFIG_MY_S3_ENDPOINT":"hunter2","RCLONE_CONFIG_MY_S3_SECRET_ACCESS_KEY":"\"hunter2\"","key.json":"hunter2","text":"a\nb\n"}}`},
	{"temporary keys", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"AWS_ACCESS_KEY_ID":"ASIAIOSFODNN7EXAMPLE","RCLONE_CONFIG_S3_ACCESS_KEY_ID":"ASIAIOSFODNN7EXAMPLE"}}`},
	{"types of remotes", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"RCLONE_CONFIG_S3_TYPE":"s3","RCLONE_CONFIG_GS_TYPE":"google cloud storage","RCLONE_CONFIG_X_TYPE":"hunter2"}}`},
	{"a Secret that SOPS has encrypted", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"A":"ENC[x]"},"stringData":{"B":"ENC[x]"},"sops":{"mac":"x"}}`},
	{"an ExternalSecret", `{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":{"name":"e","annotations":{"own":"x"}},"spec":{"data":[{"secretKey":"A"},{"secretKey":"A"},{"x":1},2]}}`},
	{"an ExternalSecret with a target", `{"apiVersion":"external-secrets.io/v1beta1","kind":"ExternalSecret","metadata":{"name":"e"},"spec":{"target":{"name":"s"},"dataFrom":[{}]}}`},
	{"an ExternalSecret with a template", `{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":{"name":"e"},"spec":{"target":{"template":{"metadata":{"annotations":{"a":"b"}},"data":{"T":"{{ .A }}"}}},"data":[{"secretKey":"A"}]}}`},
	{"an ExternalSecret whose template adds", `{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":{"name":"e"},"spec":{"target":{"template":{"mergePolicy":"Merge","data":{"T":"x"}}},"data":[{"secretKey":"A"}]}}`},
	{"an ExternalSecret with templates elsewhere", `{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":{"name":"e"},"spec":{"target":{"template":{"templateFrom":[{}]}}}}`},
	{"a SealedSecret", `{"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"name":"s"},"spec":{"encryptedData":{"A":"x"},"template":{"data":{"B":"y"},"metadata":{"annotations":{"a":"b","c":1}}}}}`},
	{"an ExternalSecret of an unknown shape", `{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":"x","spec":[1]}`},
}

func TestReadManifest(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, m := range manifests {
		fmt.Fprintf(&out, "# %s\n%s", m.name, describe(t, m.object))
	}
	if strings.Contains(out.String(), "hunter2") {
		t.Error("a value shows")
	}
	goldenFile(t, "manifests.txt", out.String())
}

func describe(t *testing.T, text string) string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		t.Fatal(err)
	}
	known, namespace, findings := secrets.ReadManifest(object)
	var said strings.Builder
	said.WriteString(fmt.Sprintf("%s/%s keys %v", namespace, known.Name, known.Keys))
	if known.Open {
		said.WriteString(" and others")
	}
	if len(known.Annotations)+len(known.Types)+len(known.Empty) > 0 {
		said.WriteString(fmt.Sprintf(", annotations %v, types %v, empty %v", known.Annotations, known.Types, known.Empty))
	}
	said.WriteString("\n")
	for _, key := range known.Keys {
		if flaw := known.Flaws[key]; flaw != "" {
			said.WriteString(key + " " + flaw + "\n")
		}
	}
	for _, line := range saidAll(findings) {
		said.WriteString(line + "\n")
	}
	return said.String()
}

func FuzzReadManifest(f *testing.F) {
	for _, m := range manifests {
		f.Add(m.object)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var object map[string]any
		if json.Unmarshal([]byte(text), &object) != nil {
			return
		}
		known, _, _ := secrets.ReadManifest(object)
		for _, key := range known.Keys {
			if !known.Has(key) {
				t.Errorf("the keys %q are not in order", known.Keys)
			}
		}
	})
}
