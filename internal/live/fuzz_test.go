package live_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/live"
)

// FuzzAlign looks for objects that differ from themselves, and for ones whose
// differences are gone when they are looked at twice.
func FuzzAlign(f *testing.F) {
	for _, seed := range []string{
		`{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[{"name":"c","env":[{"name":"E"}]}]}}}}`,
		`{"apiVersion":"autoscaling/v2beta1","kind":"HorizontalPodAutoscaler","spec":{"metrics":[{"type":"Pods","pods":{"metricName":"m","targetAverageValue":"1"}}]}}`,
		`{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","spec":{"targetCPUUtilizationPercentage":1}}`,
		`{"apiVersion":"v1","kind":"Secret","stringData":{"a":"b"}}`,
		`{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}},"spec":{"ports":[{"port":1}]}}`,
	} {
		f.Add([]byte(seed), []byte(seed))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		from, to := parse(a), parse(b)
		if from == nil || to == nil {
			return
		}
		id := idOf(to)
		if aligned, wanted, ignored := live.Align(id, from, parse(a), live.Options{}); !cmp.Equal(aligned, wanted) || len(ignored) > 0 && cmp.Equal(from, wanted) {
			t.Fatalf("%s differs from itself: %v", a, ignored)
		}
		once, wanted, _ := live.Align(id, from, to, live.Options{})
		twice, _, _ := live.Align(id, once, wanted, live.Options{})
		if cmp.Equal(once, wanted) != cmp.Equal(twice, wanted) {
			t.Fatalf("%s and %s: once %v, twice %v", a, b, once, twice)
		}
	})
}

func parse(text []byte) (out map[string]any) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&out) != nil {
		return nil
	}
	return out
}
