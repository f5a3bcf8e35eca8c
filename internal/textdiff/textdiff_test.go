package textdiff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/textdiff"
)

func TestUnified(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		old, new string
		want     string
	}{
		{
			name: "equal texts have no differences",
			old:  "a\nb\n", new: "a\nb\n",
		},
		{
			name: "a change has three lines of context",
			old:  "1\n2\n3\n4\n5\n6\n7\n8\n9\n", new: "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
			want: "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
		},
		{
			name: "a text that was empty is added",
			new:  "a\n",
			want: "--- old\n+++ new\n@@ -0,0 +1,1 @@\n+a\n",
		},
		{
			name: "a missing newline at the end is told",
			old:  "a\n", new: "a",
			want: "--- old\n+++ new\n@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := string(textdiff.Unified("old", []byte(tt.old), "new", []byte(tt.new)))
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}
