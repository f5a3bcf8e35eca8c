package recorded_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/recorded"
)

var update = flag.Bool("update", false, "choose the committed samples anew from the full set of recordings")

// largestSample is how many cases of a release are committed at most.
const largestSample = 40

// TestSamples chooses the recordings that are committed of releases other than
// those of which all are, and holds the choice against what is there. Chosen are
// few cases of inputs of our own that show everything in which the release differs
// from the recorded one before, or if there is nothing, the one after.
func TestSamples(t *testing.T) {
	if testing.Short() && !*update {
		t.Skip("reads all recordings")
	}
	full, err := recorded.External()
	if errors.Is(err, recorded.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	committed, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	releases, err := full.Releases()
	if err != nil {
		t.Fatal(err)
	}
	sets := setsOf(t, committed)
	var before, cases, after map[string]recordedCase
	for i, release := range releases {
		before, cases, after = cases, after, nil
		if i == 0 {
			cases = ownCases(t, full, release)
		}
		if i+1 < len(releases) {
			after = ownCases(t, full, releases[i+1])
		}
		if _, err := os.Stat(filepath.Join(committed.Dir(), "expected", release)); err == nil {
			continue
		}
		chosen := choose(cases, before)
		if len(chosen) == 0 {
			chosen = choose(cases, after)
		}
		if len(chosen) == 0 {
			chosen = []recordedCase{cases["default/"+commonInput]}
		}
		checkSample(t, committed, release, chosen, sets)
	}
}

// commonInput stands for a release that differs from neither neighbour.
const commonInput = "sklearn-seldon-rest"

// recordedCase is a case and the lines of its recording.
type recordedCase struct {
	recorded.Case
	text  []byte
	lines map[string]bool
}

// ownCases are the cases of authored inputs by variant and name.
func ownCases(t *testing.T, suite *recorded.Suite, release string) map[string]recordedCase {
	t.Helper()
	out := map[string]recordedCase{}
	inputs := map[string]map[string]bool{}
	for _, c := range mustCases(t, suite, release) {
		if c.Set != "authored" {
			continue
		}
		text, err := c.Recording()
		if err != nil {
			t.Fatal(err)
		}
		if inputs[c.Name] == nil {
			input, err := os.ReadFile(c.Input)
			if err != nil {
				t.Fatal(err)
			}
			inputs[c.Name] = map[string]bool{}
			for _, w := range word.FindAllString(string(input), -1) {
				inputs[c.Name][w] = true
			}
		}
		out[c.Variant+"/"+c.Name] = recordedCase{c, text, linesOf(text, c, inputs[c.Name])}
	}
	return out
}

var (
	word           = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_.-]*`)
	encodedPayload = regexp.MustCompile(`value: "?(eyJ[A-Za-z0-9+/=]+)`)
	digits         = regexp.MustCompile(`[0-9]+`)
)

// linesOf are the lines of a recording without what comes from the input, its
// numbers and the release's own tag; the orchestrator's payload is opened.
func linesOf(text []byte, c recorded.Case, input map[string]bool) map[string]bool {
	if c.Rejected {
		return map[string]bool{"rejected": true}
	}
	all := encodedPayload.ReplaceAllStringFunc(string(text), func(match string) string {
		_, encoded, _ := strings.Cut(match, "eyJ")
		decoded, _ := base64.StdEncoding.DecodeString("eyJ" + encoded)
		return strings.NewReplacer(",", "\n", "{", "{\n").Replace(string(decoded))
	})
	all = strings.ReplaceAll(all, c.Release, "RELEASE")
	out := map[string]bool{}
	for line := range strings.Lines(all) {
		line = word.ReplaceAllStringFunc(strings.TrimSpace(line), func(w string) string {
			for part := range strings.SplitSeq(w, "-") {
				if input[part] || input[w] {
					return "~"
				}
			}
			return w
		})
		out[digits.ReplaceAllString(line, "#")] = true
	}
	return out
}

// differences are the lines that only one of two recordings has.
func differences(a, b recordedCase) []string {
	var out []string
	for line := range a.lines {
		if !b.lines[line] {
			out = append(out, "+"+line)
		}
	}
	for line := range b.lines {
		if !a.lines[line] {
			out = append(out, "-"+line)
		}
	}
	return out
}

// choose returns the cases that together show all differences, each time the one
// that shows most for its size.
func choose(cases, before map[string]recordedCase) []recordedCase {
	type candidate struct {
		recordedCase
		shows []string
	}
	var candidates []candidate
	for key, c := range cases {
		if c.Variant != "default" && bytes.Equal(c.text, cases["default/"+c.Name].text) {
			continue // The default's recording stands for it.
		}
		if b, ok := before[key]; ok {
			candidates = append(candidates, candidate{c, differences(c, b)})
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int { return strings.Compare(a.String(), b.String()) })
	shown := map[string]bool{}
	gain := func(c candidate) (n int) {
		for _, line := range c.shows {
			if !shown[line] {
				n++
			}
		}
		return n
	}
	var chosen []recordedCase
	for len(chosen) < largestSample {
		best, worth := -1, 0.0
		for i, c := range candidates {
			if w := float64(gain(c)) / float64(1000+len(c.text)); w > worth {
				best, worth = i, w
			}
		}
		if best < 0 {
			break
		}
		for _, line := range candidates[best].shows {
			shown[line] = true
		}
		chosen = append(chosen, candidates[best].recordedCase)
	}
	slices.SortFunc(chosen, func(a, b recordedCase) int { return strings.Compare(a.String(), b.String()) })
	return chosen
}

// setsOf tells the committed set of each input.
func setsOf(t *testing.T, committed *recorded.Suite) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(committed.Dir(), "inputs", "*", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string]string{}
	for _, file := range files {
		sets[strings.TrimSuffix(filepath.Base(file), ".yaml")] = filepath.Base(filepath.Dir(file))
	}
	return sets
}

func checkSample(t *testing.T, committed *recorded.Suite, release string, chosen []recordedCase, sets map[string]string) {
	t.Helper()
	want := map[string]string{}
	for _, c := range chosen {
		want[strings.Join([]string{release, c.Variant, sets[c.Name], c.Name + filepath.Ext(c.Expected)}, "/")] = string(c.text)
	}
	if *update {
		copyValues(t, committed, chosen)
		file := filepath.Join(committed.Dir(), "samples", release+".tar.gz")
		if err := os.WriteFile(file, packed(t, want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	for _, c := range mustCases(t, committed, release) {
		_, name, _ := strings.Cut(c.Expected, ".tar.gz:")
		got[name] = string(c.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the sample of %s is stale, run with -update (-want +got):\n%.2000s", release, diff)
	}
}

// copyValues copies the values of the variants that were chosen.
func copyValues(t *testing.T, committed *recorded.Suite, chosen []recordedCase) {
	t.Helper()
	for _, c := range chosen {
		text, err := os.ReadFile(c.Values)
		if err == nil {
			err = os.WriteFile(filepath.Join(committed.Dir(), "variants", c.Variant, filepath.Base(c.Values)), text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// packed returns an archive of the files, always the same for the same.
func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w := tar.NewWriter(z)
	for _, name := range names {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))})
		if err == nil {
			_, err = fmt.Fprint(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
