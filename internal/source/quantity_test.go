package source

import "testing"

func TestMeantQuantity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1 Gi": "1Gi", "1gi": "1Gi", "1GB": "1G", "1 gb": "1G", "512MiB": "512Mi", "1.5 GiB": "1.5Gi", "10 kb": "10k", "1KI": "1Ki",
		"100 m": "100m", "100 mb": "100M", "two": "", "1core": "", "": "", "1e9999 Gi": "",
	} {
		if got := meantQuantity(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
