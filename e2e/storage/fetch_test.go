package storage

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestFetch lets the init container of every way in fetch a model, on every
// release: the bytes must be those of the bucket, and no finding may doubt it.
func TestFetch(t *testing.T) {
	env := start(t)
	forms := env.forms(t)
	count := newCount(t)
	before := len(env.clouds.Unknown())
	t.Cleanup(func() {
		for _, host := range env.clouds.Unknown()[before:] {
			t.Errorf("nobody imitates %s", host)
		}
	})
	for _, release := range releases {
		for i := range forms {
			f := &forms[i]
			if !f.is(release.rclone) {
				continue
			}
			for _, way := range ways {
				if !way.suits(f) {
					continue
				}
				count.run(t, release.version+"/"+f.title()+"/"+way.name, f, func(t *testing.T) int {
					ctx := context.Background()
					trial, err := env.newTrial(ctx, f, release.version, t.TempDir())
					if err != nil {
						t.Fatal(err)
					}
					way.lead(trial)
					o, err := trial.run(ctx)
					if err != nil {
						t.Fatal(err)
					}
					if !o.fetched {
						t.Errorf("%s\n%s", o.why, o.log)
					}
					if len(o.codes) > 0 {
						t.Errorf("it fetches the model, and there are findings: %v", o.codes)
					}
					return o.runs
				})
			}
		}
	}
}

// ways are how a Secret reaches a model. Explainers cannot have labels.
var ways = []struct {
	name  string
	suits func(f *form) bool
	lead  func(t *trial)
}{
	{"as the note says", func(*form) bool { return true }, func(t *trial) { t.Explainer = !t.Label }},
	// Explainers of 1.7.0 do not have the default.
	{"by the values", func(f *form) bool { return f.row != "" && !f.account }, func(t *trial) { t.EnvSecret, t.Default = "", t.EnvSecret }},
}

// title is the name in those of tests.
func (f *form) title() string {
	if f.row == "" {
		return "no Secret, " + f.uri
	}
	return strings.ReplaceAll(f.name(), "--", "")
}

// count counts programs that ran, by provider, and lets as many run at a time as
// there are processors.
type count struct {
	mu    sync.Mutex
	cases map[string]int
	runs  map[string]int
	slots chan struct{}
}

func newCount(t *testing.T) *count {
	c := &count{cases: map[string]int{}, runs: map[string]int{}, slots: make(chan struct{}, runtime.GOMAXPROCS(0)+1)}
	t.Cleanup(func() { c.log(t) })
	return c
}

// run runs a case, unless it is not asked for.
func (c *count) run(t *testing.T, name string, f *form, body func(t *testing.T) int) {
	if !strings.Contains(name, *only) {
		return
	}
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		if f.azure() && !start(t).azure {
			t.Skip("Azurite needs node")
		}
		c.slots <- struct{}{}
		defer func() { <-c.slots }()
		runs := body(t)
		c.mu.Lock()
		defer c.mu.Unlock()
		provider := strings.Join(strings.Fields(f.row)[:min(3, len(strings.Fields(f.row)))], " ")
		if !strings.HasPrefix(provider, "rclone") {
			provider, _, _ = strings.Cut(provider, " ")
		}
		if provider == "" {
			provider = "no Secret"
		}
		c.cases[provider]++
		c.runs[provider] += runs
	})
}

// log says how much was tried.
func (c *count) log(t *testing.T) {
	for _, provider := range slices.Sorted(maps.Keys(c.cases)) {
		t.Logf("%s: %d cases, %d programs ran", provider, c.cases[provider], c.runs[provider])
	}
}

func (f *form) azure() bool {
	return strings.Contains(f.uri, "azureblob") || strings.Contains(f.uri, ".blob.")
}
