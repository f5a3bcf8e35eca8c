package compare

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// restartPaths returns the fields of the pod template that differ when a cluster
// would start new pods for it. What a cluster fills in counts as written.
func (p pair) restartPaths() ([]string, error) {
	switch p.to.ID.Group + "/" + p.to.ID.Kind {
	case "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet":
	default:
		return nil, nil
	}
	from, err := p.from.decode()
	if err != nil {
		return nil, err
	}
	to, err := p.to.decode()
	if err != nil {
		return nil, err
	}
	const template = "spec.template"
	var paths []string
	differing(template, "", withDefaults("", field(from, template)), withDefaults("", field(to, template)), &paths)
	return paths, nil
}

// podDefaults are what a cluster fills into pods, by the last field of a path and
// the field that it is in.
func podDefaults() map[string]map[string]any {
	container := map[string]any{"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}
	probe := map[string]any{"timeoutSeconds": 1.0, "periodSeconds": 10.0, "successThreshold": 1.0, "failureThreshold": 3.0}
	volume := map[string]any{"defaultMode": 420.0}
	return map[string]map[string]any{
		"spec": {
			"restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler",
			"terminationGracePeriodSeconds": 30.0,
		},
		"containers": container, "initContainers": container,
		"ports":         {"protocol": "TCP"},
		"livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
		"httpGet":   {"scheme": "HTTP", "path": "/"},
		"grpc":      {"service": ""},
		"fieldRef":  {"apiVersion": "v1"},
		"configMap": volume, "secret": volume, "downwardAPI": volume, "projected": volume,
	}
}

// withDefaults returns a part of a template as a cluster keeps it: with its
// defaults, and without what is empty. The parent is the field it stands in.
func withDefaults(parent string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		maps.Copy(out, podDefaults()[parent])
		for key, value := range v {
			if kept := withDefaults(key, value); !isEmpty(kept) || key == "emptyDir" {
				out[key] = kept
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = withDefaults(parent, v[i])
		}
		return out
	}
	return v
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// differing adds the paths at which two trees differ. Items with names are
// compared by these.
func differing(path, parent string, a, b any, paths *[]string) {
	if reflect.DeepEqual(a, b) {
		return
	}
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if ok1 && ok2 {
		all := maps.Clone(x)
		maps.Copy(all, y)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			differing(path+"."+key, key, x[key], y[key], paths)
		}
		return
	}
	l, ok1 := named(a)
	m, ok2 := named(b)
	// The order of containers and variables counts too.
	if ok1 && ok2 && slices.Equal(l, m) {
		for i, name := range l {
			differing(fmt.Sprintf("%s[%s]", path, name), parent, a.([]any)[i], b.([]any)[i], paths)
		}
		return
	}
	*paths = append(*paths, path)
}

// named returns the names of the items of a list, if all have one.
func named(v any) ([]string, bool) {
	list, ok := v.([]any)
	var names []string
	for _, item := range list {
		members, _ := item.(map[string]any)
		name := textOr(members["name"], "")
		ok = ok && name != "" && !strings.ContainsAny(name, "[]")
		names = append(names, name)
	}
	return names, ok
}
