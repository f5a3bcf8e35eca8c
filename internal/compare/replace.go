package compare

import (
	"reflect"
	"strings"

	"github.com/seldonctl/seldonctl/manifest"
)

// immutableFields are the fields that an API server does not let change, of the
// kinds that are rendered and of those that commonly stand beside them.
func immutableFields(id manifest.ID) []string {
	switch id.Group + "/" + id.Kind {
	case "apps/Deployment", "apps/ReplicaSet", "apps/DaemonSet":
		return []string{"spec.selector"}
	case "apps/StatefulSet":
		return []string{"spec.selector", "spec.serviceName", "spec.podManagementPolicy", "spec.volumeClaimTemplates"}
	case "batch/Job":
		return []string{"spec.selector", "spec.template", "spec.completionMode"}
	case "rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding":
		return []string{"roleRef"}
	case "/PersistentVolumeClaim":
		return []string{"spec.accessModes"}
	}
	return nil
}

// replaceReasons returns why a cluster cannot turn one object into the other.
func replaceReasons(id manifest.ID, from, to map[string]any) []string {
	var reasons []string
	for _, path := range immutableFields(id) {
		if !reflect.DeepEqual(field(from, path), field(to, path)) {
			reasons = append(reasons, path+" is immutable")
		}
	}
	switch id.Group + "/" + id.Kind {
	case "/Service":
		reasons = append(reasons, serviceReasons(from, to)...)
	case "/Secret":
		if textOr(field(from, "type"), "Opaque") != textOr(field(to, "type"), "Opaque") {
			reasons = append(reasons, "type is immutable")
		}
		reasons = append(reasons, sealedReasons(from, to)...)
	case "/ConfigMap":
		reasons = append(reasons, sealedReasons(from, to)...)
	}
	return reasons
}

// serviceReasons are about the address of a Service, which stays for its life.
func serviceReasons(from, to map[string]any) []string {
	if field(from, "spec.type") == "ExternalName" || field(to, "spec.type") == "ExternalName" {
		return nil
	}
	before, after := textOr(field(from, "spec.clusterIP"), ""), textOr(field(to, "spec.clusterIP"), "")
	switch {
	case before == "None" && after == "":
		return []string{"spec.clusterIP stays None when it is left out"}
	case after != "" && before != after:
		return []string{"spec.clusterIP is immutable"}
	}
	return nil
}

// sealedReasons are about a ConfigMap or Secret that is declared immutable.
func sealedReasons(from, to map[string]any) []string {
	if field(from, "immutable") != true {
		return nil
	}
	same := field(to, "immutable") == true
	for _, member := range []string{"data", "binaryData", "stringData"} {
		same = same && reflect.DeepEqual(from[member], to[member])
	}
	if same {
		return nil
	}
	return []string{"it is declared immutable"}
}

// field returns the value at a path, or nil.
func field(object map[string]any, path string) any {
	var value any = object
	for name := range strings.SplitSeq(path, ".") {
		members, _ := value.(map[string]any)
		value = members[name]
	}
	return value
}

// textOr returns a text, or what a cluster puts in its place.
func textOr(value any, fallback string) string {
	if text, _ := value.(string); text != "" {
		return text
	}
	return fallback
}
