package cli

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"testing"
)

// TestOutputIsTheSameWithAnyNumberOfWorkers is not parallel: the number of
// processors is the process's.
func TestOutputIsTheSameWithAnyNumberOfWorkers(t *testing.T) {
	text := readFleet(t)
	var first []byte
	for _, workers := range []int{1, 2, 4, 16} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
			var out, messages bytes.Buffer
			env := func(string) (string, bool) { return "", false }
			streams := Streams{In: bytes.NewReader(text), Out: &out, Err: &messages}
			if code := Main(context.Background(), []string{"render"}, env, streams); code != 0 {
				t.Fatalf("exit code %d: %s", code, &messages)
			}
			all := append(out.Bytes(), messages.Bytes()...)
			if first == nil {
				first = all
			}
			if !bytes.Equal(first, all) {
				t.Error("output or messages differ from those of one worker")
			}
		})
	}
}
