package live

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/seldonctl/seldonctl/manifest"
)

// defaults are what a cluster fills into mappings, by the field that a mapping, or
// the list that it is an item of, stands in.
type defaults map[string]map[string]any

// kind is what is known about the objects of a kind.
type kind struct {
	// native says that the kind is one of Kubernetes' own, whose types leave out
	// what is empty.
	native bool
	// known says that these are all defaults there are, so that a field that only
	// the live object has is a difference.
	known    bool
	defaults defaults
	// filled are the paths at which a cluster puts what it has chosen.
	filled []string
}

func kindOf(id manifest.ID) kind {
	switch id.Group + "/" + id.Kind {
	case "apps/Deployment":
		return kind{native: true, known: true, defaults: defaults{
			"spec": {
				"replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600, "minReadySeconds": 0, "paused": false,
			},
			"strategy":      {"type": "RollingUpdate"},
			"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"},
		}}
	case "/Service":
		return kind{native: true, known: true, defaults: defaults{
			"spec": {
				"type": "ClusterIP", "sessionAffinity": "None", "internalTrafficPolicy": "Cluster", "externalTrafficPolicy": "Cluster",
				"allocateLoadBalancerNodePorts": true, "publishNotReadyAddresses": false,
			},
			"clientIP": {"timeoutSeconds": 10800},
			"ports":    {"protocol": "TCP"},
		}, filled: []string{
			"spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy", "spec.healthCheckNodePort", "spec.ports.nodePort",
		}}
	case "/ServiceAccount":
		return kind{native: true, known: true, filled: []string{"secrets", "imagePullSecrets"}}
	case "/Secret":
		return kind{native: true, known: true, defaults: defaults{"": {"type": "Opaque", "immutable": false}}}
	case "/ConfigMap":
		return kind{native: true, known: true, defaults: defaults{"": {"immutable": false}}}
	case "autoscaling/HorizontalPodAutoscaler":
		policy := func(of string, value int) map[string]any {
			return map[string]any{"type": of, "value": value, "periodSeconds": 15}
		}
		return kind{native: true, known: true, defaults: defaults{
			"spec":      {"minReplicas": 1, "metrics": []any{cpuMetric(80)}},
			"scaleUp":   {"stabilizationWindowSeconds": 0, "selectPolicy": "Max", "policies": []any{policy("Pods", 4), policy("Percent", 100)}},
			"scaleDown": {"selectPolicy": "Max", "policies": []any{policy("Percent", 100)}},
		}}
	case "policy/PodDisruptionBudget":
		return kind{native: true, known: true}
	case "keda.sh/ScaledObject":
		return kind{known: true, defaults: defaults{"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment"}}}
	case "networking.istio.io/VirtualService", "networking.istio.io/DestinationRule":
		return kind{known: true}
	case "getambassador.io/Mapping":
		// The server adds the host when it hands out a newer version.
		return kind{known: true, defaults: defaults{"spec": {"hostname": "*"}}}
	case "getambassador.io/TLSContext":
		return kind{known: true}
	}
	return kind{native: !strings.Contains(id.Group, ".") || strings.HasSuffix(id.Group, ".k8s.io")}
}

// podDefaults are what a cluster fills into the template of pods, and the fields
// that its types leave out when they are false or 0.
func podDefaults() defaults {
	container := map[string]any{
		"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
		"stdin": false, "stdinOnce": false, "tty": false,
	}
	probe := map[string]any{
		"initialDelaySeconds": 0, "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
	}
	volume := map[string]any{"defaultMode": 420}
	return defaults{
		"spec": {
			"restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler",
			"terminationGracePeriodSeconds": 30, "hostNetwork": false, "hostPID": false, "hostIPC": false,
		},
		"containers": container, "initContainers": container,
		"ports":         {"protocol": "TCP", "hostPort": 0},
		"livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
		"httpGet":          {"scheme": "HTTP", "path": "/"},
		"grpc":             {"service": ""},
		"securityContext":  {"procMount": "Default"},
		"fieldRef":         {"apiVersion": "v1"},
		"resourceFieldRef": {"divisor": "0"},
		"volumeMounts":     {"readOnly": false, "recursiveReadOnly": "Disabled"},
		"configMap":        volume, "secret": volume, "downwardAPI": volume, "projected": volume,
		"persistentVolumeClaim": {"readOnly": false},
		"serviceAccountToken":   {"expirationSeconds": 3600},
		"csi":                   {"readOnly": false},
		"nfs":                   {"readOnly": false},
		"iscsi":                 {"iscsiInterface": "default", "readOnly": false},
		"rbd":                   {"pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring", "readOnly": false},
		"azureDisk":             {"cachingMode": "ReadWrite", "fsType": "ext4", "readOnly": false, "kind": "Shared"},
		"scaleIO":               {"storageMode": "ThinProvisioned", "fsType": "xfs", "readOnly": false},
	}
}

// claimDefaults are what a cluster fills into the template of a claim.
func claimDefaults() defaults { return defaults{"spec": {"volumeMode": "Filesystem"}} }

// isDefault reports whether a member has the value that a cluster puts there when
// it is left out by a mapping with these members.
func isDefault(at place, key string, value any, siblings map[string]any) bool {
	if d, ok := at.defaults[at.field][key]; ok && sameDefault(d, value) {
		return true
	}
	switch at.field + "." + key {
	case "containers.imagePullPolicy", "initContainers.imagePullPolicy":
		image, _ := siblings["image"].(string)
		return image != "" && value == pullPolicy(image)
	case "spec.serviceAccount":
		return reflect.DeepEqual(value, siblings["serviceAccountName"])
	case "spec.serviceAccountName":
		return reflect.DeepEqual(value, siblings["serviceAccount"])
	case "ports.targetPort":
		return sameValue(at, value, siblings["port"])
	case "ports.hostPort":
		return at.hostNetwork && sameValue(at, value, siblings["containerPort"])
	}
	return false
}

// pullPolicy is what a cluster makes of an image without a policy.
func pullPolicy(image string) string {
	name, digest, _ := strings.Cut(image, "@")
	_, tag, _ := strings.Cut(name[strings.LastIndex(name, "/")+1:], ":")
	if tag == "latest" || tag == "" && digest == "" {
		return "Always"
	}
	return "IfNotPresent"
}

// sameDefault compares a value with a default, which is written in Go.
func sameDefault(want, value any) bool {
	text, err := json.Marshal(want)
	if err != nil {
		return false
	}
	got, err := json.Marshal(value)
	if err != nil {
		return false
	}
	return string(text) == string(got)
}
