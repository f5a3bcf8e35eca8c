package storage

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/e2e/agreement"
)

// fault is something wrong with a model that would be fetched otherwise.
type fault struct {
	name string
	// make makes it, and reports whether there is anything to make it of.
	make func(t *trial) bool
}

// TestFaults tries what people get wrong, one thing at a time. What keeps an init
// container from fetching the model must have been a finding, and a finding must
// be about what keeps one from it. Disagreements that somebody has looked at are
// in known.yaml.
func TestFaults(t *testing.T) {
	known, err := agreement.ReadList("known.yaml")
	if err != nil {
		t.Fatal(err)
	}
	env := start(t)
	forms := env.forms(t)
	count := newCount(t)
	for _, release := range releases {
		if !*wide && release.version != "1.7.0" && release.version != "1.18.2" {
			continue
		}
		for i := range forms {
			f := &forms[i]
			if !f.is(release.rclone) {
				continue
			}
			for _, fault := range env.faults(t, f, release.version) {
				name := release.version + "/" + f.title() + "/" + fault.name
				count.run(t, name, f, func(t *testing.T) int {
					ctx := context.Background()
					trial, err := env.newTrial(ctx, f, release.version, t.TempDir())
					if err != nil {
						t.Fatal(err)
					}
					if !fault.make(trial) {
						t.Skip("the form has nothing to make it of")
					}
					o, err := trial.run(ctx)
					if err != nil {
						t.Fatal(err)
					}
					v := verdict(o)
					if o.took > slow {
						t.Logf("took %s", o.took)
					}
					count.mu.Lock()
					known.Forgive(&v, name)
					count.mu.Unlock()
					for _, said := range v.Silent {
						t.Errorf("it %s, and there is no finding\n%s", said.Text, tail(o.log))
					}
					for _, code := range v.Wolf {
						t.Errorf("it fetches the model, and there is %s", code)
					}
					return o.runs
				})
			}
		}
	}
	t.Cleanup(func() {
		if *only == "" && *wide {
			for _, entry := range known.Unused() {
				t.Errorf("known.yaml: nothing needs %s", entry)
			}
		}
	})
}

// slow is how long a program may take without being noted.
const slow = 5 * time.Second

// verdict holds what became of a model against the findings.
func verdict(o *outcome) (v agreement.Verdict) {
	switch {
	case o.fetched:
		v.Wolf = slices.Compact(slices.Sorted(slices.Values(o.codes)))
	case len(o.codes) == 0:
		v.Silent = []agreement.Said{{Text: o.why}}
	}
	return v
}

// tail returns the end of a log.
func tail(log string) string {
	const most = 600
	return log[max(0, len(log)-most):]
}

// faults returns what can be wrong with a form.
func (env *environment) faults(t *testing.T, f *form, release string) []fault {
	out := []fault{
		{"file", func(t *trial) bool {
			t.URI, t.want = t.URI+"/model.joblib", map[string]string{"model.joblib": t.env.model["model.joblib"]}
			return true
		}},
		{"no such path", func(t *trial) bool { t.URI += "/nowhere"; return true }},
		{"no such bucket", func(t *trial) bool {
			t.URI = strings.Replace(t.URI, "://", "://no-", 1)
			return strings.Contains(t.URI, "://no-")
		}},
		{"other release", func(t *trial) bool { t.release = otherRelease(t.release); return true }},
		{"no reference", func(t *trial) bool { t.EnvSecret, t.Account = "", ""; return f.row != "" }},
		{"no identity", func(t *trial) bool { was := t.identity; t.identity = false; return was }},
		{"no label", func(t *trial) bool { was := t.Label; t.Label = false; return was }},
		{"Secret missing", func(t *trial) bool { was := len(t.secrets) > 0; t.secrets = nil; return was }},
		{"Secret attached", attach},
		{"Secret as variables", func(t *trial) bool { t.EnvSecret, t.Account = secretName, ""; return f.account }},
		{"ServiceAccount missing", func(t *trial) bool { was := len(t.accounts) > 0; t.accounts = nil; return was && f.account }},
		{"keys swapped", swap},
	}
	for from, to := range map[string]string{"s3": "minio", "gs": "gcs", "gcs": "gs", "azureblob": "azure", "minio": "s3"} {
		if rest, ok := strings.CutPrefix(f.uri, from+":"); ok {
			out = append(out, fault{"scheme " + to, func(t *trial) bool { t.URI = to + ":" + rest + "/iris/v1"; return true }})
		}
	}
	if f.row == "" || f.extra != "" && f.extra != "temporary" {
		return out
	}
	sample, err := env.newTrial(t.Context(), f, release, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range slices.Sorted(maps.Keys(sample.secrets[0].StringData)) {
		for _, m := range mutations {
			out = append(out, fault{key + " " + m.name, func(t *trial) bool { return m.make(t.secrets[0].StringData, key) }})
		}
	}
	return out
}

func otherRelease(release string) string {
	if release == "1.7.0" {
		return "1.18.2"
	}
	return "1.7.0"
}

// attach lists a Secret of variables in a ServiceAccount, and nowhere else.
func attach(t *trial) bool {
	if t.EnvSecret == "" {
		return false
	}
	account := &corev1.ServiceAccount{Secrets: []corev1.ObjectReference{{Name: t.EnvSecret}}}
	account.Name, account.Namespace = "reader", namespace
	t.accounts, t.Account, t.EnvSecret = append(t.accounts, account), account.Name, ""
	return true
}

// swap takes the ID of a key for the secret one.
func swap(t *trial) bool {
	if len(t.secrets) == 0 {
		return false
	}
	values := t.secrets[0].StringData
	for key, value := range values {
		id := strings.Replace(key, "SECRET_ACCESS_KEY", "ACCESS_KEY_ID", 1)
		if id = strings.Replace(id, "SecretAccessKey", "AccessKeyID", 1); id != key && value != "" {
			values[key], values[id] = values[id], value
			return true
		}
	}
	return false
}

// mutations are what can be wrong with the value of a key.
var mutations = []struct {
	name string
	make func(values map[string]string, key string) bool
}{
	{"left out", func(values map[string]string, key string) bool { delete(values, key); return true }},
	{"empty", func(values map[string]string, key string) bool {
		was := values[key] != ""
		values[key] = ""
		return was
	}},
	{"as a placeholder", change(func(string) string { return "XXXX" })},
	{"with a line break", change(func(value string) string { return value + "\n" })},
	{"with white space", change(func(value string) string { return " " + value })},
	{"in quotes", change(func(value string) string { return `"` + value + `"` })},
	{"in other case", change(func(value string) string {
		if upper := strings.ToUpper(value); upper != value {
			return upper
		}
		return strings.ToLower(value)
	})},
	{"without scheme", change(func(value string) string {
		_, rest, ok := strings.Cut(value, "://")
		if !ok || strings.HasPrefix(value, "{") {
			return value
		}
		return rest
	})},
	{"wrong", change(func(value string) string {
		// A text of the same shape.
		return strings.Map(func(r rune) rune {
			switch {
			case r >= '0' && r < '9' || r >= 'A' && r < 'Z' && r != 'Z'-1:
				return r + 1
			}
			return r
		}, value)
	})},
}

// change returns a mutation of a value, unless it changes nothing.
func change(to func(value string) string) func(values map[string]string, key string) bool {
	return func(values map[string]string, key string) bool {
		was := values[key]
		values[key] = to(was)
		return was != "" && values[key] != was
	}
}
