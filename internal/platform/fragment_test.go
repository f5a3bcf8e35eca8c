package platform

import (
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// Fragments merge as the library merges strategic merge patches.
func TestMergeAsKubernetes(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		original, patch := randomPod(rng), randomPod(rng)
		if rng.IntN(4) == 0 {
			patch["nodeSelector"] = nil
		}
		want := strategic(t, original, patch)
		if got := merged(t, original, patch); !gocmp.Equal(want, got) {
			t.Fatalf("original %s\npatch %s\n(-want +got):\n%s", text(t, original), text(t, patch), gocmp.Diff(want, got))
		}
	}
}

func merged(t *testing.T, original, patch map[string]any) corev1.PodSpec {
	t.Helper()
	var pod corev1.PodSpec
	if err := json.Unmarshal(text(t, original), &pod); err != nil {
		t.Fatal(err)
	}
	before := *pod.DeepCopy()
	f, err := compile(text(t, patch), reflect.TypeFor[corev1.PodSpec]())
	if err != nil {
		t.Fatal(err)
	}
	result := pod
	f.merge(reflect.ValueOf(&result).Elem(), said{})
	if diff := gocmp.Diff(before, pod); diff != "" {
		t.Fatalf("merging changed what the result shares with the original:\n%s", diff)
	}
	return normalized(t, result)
}

func strategic(t *testing.T, original, patch map[string]any) corev1.PodSpec {
	t.Helper()
	data, err := strategicpatch.StrategicMergePatch(text(t, original), text(t, patch), corev1.PodSpec{})
	if err != nil {
		t.Fatal(err)
	}
	var pod corev1.PodSpec
	if err := json.Unmarshal(data, &pod); err != nil {
		t.Fatal(err)
	}
	return normalized(t, pod)
}

// normalized returns a pod as it comes out of JSON.
func normalized(t *testing.T, pod corev1.PodSpec) corev1.PodSpec {
	t.Helper()
	var out corev1.PodSpec
	if err := json.Unmarshal(text(t, pod), &out); err != nil {
		t.Fatal(err)
	}
	sortAll(&out)
	return out
}

// sortAll brings lists with merge keys into one order: the library orders them by
// the patch, we leave what is there in its place.
func sortAll(pod *corev1.PodSpec) {
	slices.SortFunc(pod.ImagePullSecrets, func(a, b corev1.LocalObjectReference) int { return cmp.Compare(a.Name, b.Name) })
	for _, list := range [][]corev1.Container{pod.Containers, pod.InitContainers} {
		slices.SortFunc(list, func(a, b corev1.Container) int { return cmp.Compare(a.Name, b.Name) })
		for i := range list {
			slices.SortFunc(list[i].Env, func(a, b corev1.EnvVar) int { return cmp.Compare(a.Name, b.Name) })
			slices.SortFunc(list[i].VolumeMounts, func(a, b corev1.VolumeMount) int { return cmp.Compare(a.MountPath, b.MountPath) })
		}
	}
}

func text(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func randomPod(rng *rand.Rand) map[string]any {
	maybe := func(m map[string]any, key string, v func() any) {
		if rng.IntN(2) == 0 {
			m[key] = v()
		}
	}
	word := func() any { return []string{"a", "b", "c"}[rng.IntN(3)] }
	words := func() any {
		m := map[string]any{}
		for range rng.IntN(3) {
			m[word().(string)] = word()
		}
		return m
	}
	named := func(fill func(map[string]any)) func() any {
		return func() any {
			list := []any{}
			for _, name := range []string{"x", "y", "z"} {
				if rng.IntN(2) == 0 {
					m := map[string]any{"name": name}
					fill(m)
					list = append(list, m)
				}
			}
			return list
		}
	}
	resources := func() any {
		return map[string]any{"limits": map[string]any{"cpu": []string{"1", "500m"}[rng.IntN(2)]}, "requests": words0(rng)}
	}
	container := func(m map[string]any) {
		maybe(m, "image", word)
		maybe(m, "args", func() any { return []any{word()} })
		maybe(m, "env", named(func(m map[string]any) { m["value"] = word() }))
		maybe(m, "resources", resources)
		maybe(m, "securityContext", func() any {
			sc := map[string]any{}
			maybe(sc, "runAsUser", func() any { return rng.IntN(3) })
			maybe(sc, "capabilities", func() any { return map[string]any{"drop": []any{word()}} })
			return sc
		})
		maybe(m, "volumeMounts", func() any {
			return []any{map[string]any{"mountPath": "/" + word().(string), "name": word()}}
		})
	}
	pod := map[string]any{}
	maybe(pod, "containers", named(container))
	maybe(pod, "initContainers", named(container))
	maybe(pod, "nodeSelector", words)
	maybe(pod, "serviceAccountName", word)
	maybe(pod, "imagePullSecrets", named(func(map[string]any) {}))
	maybe(pod, "tolerations", func() any { return []any{map[string]any{"key": word()}} })
	maybe(pod, "hostNetwork", func() any { return rng.IntN(2) == 0 })
	maybe(pod, "securityContext", func() any { return map[string]any{"runAsNonRoot": rng.IntN(2) == 0} })
	return pod
}

func words0(rng *rand.Rand) map[string]any {
	return map[string]any{[]string{"cpu", "memory"}[rng.IntN(2)]: []string{"1", "2"}[rng.IntN(2)]}
}
