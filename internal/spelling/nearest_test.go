package spelling

import "testing"

func TestNearest(t *testing.T) {
	t.Parallel()
	list := []string{"classifier", "transformer", "ab"}
	for word, want := range map[string]string{
		"clasifier": "classifier", "classifeir": "classifier", "CLASSIFIER": "classifier",
		"classifier-sidecar": "", "mesh": "", "abc": "ab", "xyz": "", "": "",
	} {
		if got := Nearest(word, list); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}
