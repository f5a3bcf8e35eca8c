package record_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/record"
)

func TestARecordIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	want := &record.Record{
		Program: "v1.2.3", Release: "1.18.2", Command: []string{"render", "--set=a=b: c # d", "--filename=- x"},
		Inputs:   []record.File{{Path: "-"}, {Path: "null", SHA256: "00"}, {Path: "1e3", SHA256: "1e3"}},
		Settings: []record.File{{Path: "ä\n.yaml", SHA256: "ff"}},
		Files:    []string{"a.yaml"},
	}
	text, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := record.Decode(append([]byte("# Whose it is.\n"), text...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFilesWithSecretsHaveNoDigest(t *testing.T) {
	t.Parallel()
	for content, digest := range map[string]bool{
		"":                           true,
		"kind: ConfigMap\n":          true,
		"a: b\n---\nkind: Secret\n":  false,
		`{"kind":"SecretList"}`:      false,
		strings.Repeat("#\n", 1<<20): true,
		strings.Repeat("#\n", 1<<20) + "kind: 'Secret'": false,
	} {
		file, err := record.NewFile("x", strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if (file.SHA256 != "") != digest {
			t.Errorf("%.40q... has the digest %q", content, file.SHA256)
		}
	}
	file, err := record.NewFile("x", strings.NewReader("abc"))
	const known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if err != nil || file.SHA256 != known {
		t.Errorf("the digest of abc is %s, want %s", file.SHA256, known)
	}
}

func TestAFailingReadIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	_, err := record.NewFile("x", io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("# x\n" + `{"program": "v1", "release": "1.7.0", "command": ["render"], "inputs": [{"path": "a", "sha256": "b"}], "files": ["c"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := record.Decode(data)
		if err != nil {
			return
		}
		text, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := record.Decode(text)
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if diff := cmp.Diff(r.Inputs, again.Inputs); diff != "" {
			t.Error(diff)
		}
	})
}
