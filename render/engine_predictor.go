package render

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// enginePredictor is the variable that tells the orchestrator about its graph.
const enginePredictor = "ENGINE_PREDICTOR"

// predictorPayload is the predictor as the orchestrator is shown it: base64 of
// JSON, equal to the operator's to the byte
// (docs/behaviour/orchestrator-ingress.md, 1.5). It is a snapshot: containers
// are shown as they are when it is taken.
func (p *subject) predictorPayload(pred *predictorPlan) string {
	payload := payloadPredictor{
		Name:                    pred.Name,
		Graph:                   &pred.Graph,
		Annotations:             pred.Annotations,
		EngineResources:         pred.EngineResources,
		Labels:                  pred.Labels,
		SvcOrchSpec:             pred.SvcOrchSpec,
		Shadow:                  pred.Shadow,
		SSL:                     pred.SSL,
		ProgressDeadlineSeconds: pred.ProgressDeadlineSeconds,
	}
	payload.ComponentSpecs = make([]payloadComponent, 0, len(pred.ComponentSpecs))
	older := false
	for _, cs := range pred.ComponentSpecs {
		older = older || len(cs.Spec.HostAliases) > 0 || cs.HPASpec != nil || cs.KEDASpec != nil || claimsVolume(&cs.Spec)
		payload.ComponentSpecs = append(payload.ComponentSpecs, payloadComponent{
			Metadata: payloadMetadata(&cs.Metadata),
			Spec:     &cs.Spec,
			HPASpec:  cs.HPASpec,
			Replicas: cs.Replicas,
			KEDASpec: cs.KEDASpec,
			PDBSpec:  cs.PDBSpec,
		})
	}
	buffer := p.r.buffer()
	text, err := manifest.AppendCompactJSON((*buffer)[:0], &payload)
	if err != nil {
		p.tell(finding.CannotEncode, pred.path, "", "cannot encode the predictor as JSON: %v", err)
	}
	if older {
		text = p.olderForms(text)
	}
	*buffer = base64.StdEncoding.AppendEncode(text, text)
	encoded := string((*buffer)[len(text):])
	p.r.recycle(buffer)
	return encoded
}

// claimsVolume reports whether a pod has a volume with a claim of its own.
func claimsVolume(pod *corev1.PodSpec) bool {
	return slices.ContainsFunc(pod.Volumes, func(v corev1.Volume) bool { return v.Ephemeral != nil && v.Ephemeral.VolumeClaimTemplate != nil })
}

// olderClaims writes the metadata of claim templates as that of component specs.
func olderClaims(text []byte) []byte {
	begin := []byte(`"volumeClaimTemplate":{"metadata":`)
	if !bytes.Contains(text, begin) {
		return text
	}
	var out []byte
	for {
		before, after, found := bytes.Cut(text, begin)
		out = append(out, before...)
		if !found {
			return out
		}
		var meta podMetadata
		d := json.NewDecoder(bytes.NewReader(after))
		if d.Decode(&meta) != nil {
			return append(append(out, begin...), after...)
		}
		meta.CreationTimestamp = nil
		encoded, err := json.Marshal(&meta)
		if err != nil {
			return append(append(out, begin...), after...)
		}
		out = append(append(out, begin...), encoded...)
		text = after[d.InputOffset():]
	}
}

// olderForms rewrites what the operator's Kubernetes types, those of host aliases,
// claim templates and scaling, wrote otherwise than ours (docs/behaviour/differences.md, 1.2).
// Texts inside the JSON cannot be hit: their quotes are escaped.
func (p *subject) olderForms(text []byte) []byte {
	if bytes.Contains(text, []byte(`{"ip":""`)) {
		text = bytes.ReplaceAll(text, []byte(`{"ip":"",`), []byte(`{`))
		text = bytes.ReplaceAll(text, []byte(`{"ip":""}`), []byte(`{}`))
	}
	text = olderClaims(text)
	if p.release.Scaling.Stabilization != release.NullStabilization || !bytes.Contains(text, []byte(`"scale`)) {
		return text
	}
	for _, rules := range []string{`"scaleUp":{`, `"scaleDown":{`} {
		text = bytes.ReplaceAll(text, []byte(rules), []byte(rules+`"stabilizationWindowSeconds":null,`))
	}
	text = bytes.ReplaceAll(text, []byte(`null,"stabilizationWindowSeconds":`), nil)
	return bytes.ReplaceAll(text, []byte(`"stabilizationWindowSeconds":null,}`), []byte(`"stabilizationWindowSeconds":null}`))
}

// payloadPredictor is a seldon.Predictor in the operator's JSON: no traffic, no
// explainer, replicas 0.
type payloadPredictor struct {
	Name                    string                      `json:"name"`
	Graph                   *seldon.Unit                `json:"graph"`
	ComponentSpecs          []payloadComponent          `json:"componentSpecs,omitempty"`
	Replicas                int32                       `json:"replicas"`
	Annotations             map[string]string           `json:"annotations,omitempty"`
	EngineResources         corev1.ResourceRequirements `json:"engineResources"`
	Labels                  map[string]string           `json:"labels,omitempty"`
	SvcOrchSpec             seldon.SvcOrchSpec          `json:"svcOrchSpec"`
	Shadow                  bool                        `json:"shadow,omitempty"`
	SSL                     *seldon.SSL                 `json:"ssl,omitempty"`
	ProgressDeadlineSeconds *int32                      `json:"progressDeadlineSeconds,omitempty"`
}

// EncodeTo implements [manifest.Encodable].
func (p *payloadPredictor) EncodeTo(e manifest.Encoder) { encodePayloadPredictor(e, "", p) }

type payloadComponent struct {
	Metadata podMetadata      `json:"metadata"`
	Spec     *corev1.PodSpec  `json:"spec"`
	HPASpec  *seldon.HPASpec  `json:"hpaSpec,omitempty"`
	Replicas *int32           `json:"replicas,omitempty"`
	KEDASpec *seldon.KEDASpec `json:"kedaSpec,omitempty"`
	PDBSpec  *seldon.PDBSpec  `json:"pdbSpec,omitempty"`
}

// podMetadata is an ObjectMeta as Kubernetes' older types wrote it: with a
// creation timestamp that is always null, whatever the user wrote.
type podMetadata struct {
	Name                       string                      `json:"name,omitempty"`
	GenerateName               string                      `json:"generateName,omitempty"`
	Namespace                  string                      `json:"namespace,omitempty"`
	SelfLink                   string                      `json:"selfLink,omitempty"`
	UID                        types.UID                   `json:"uid,omitempty"`
	ResourceVersion            string                      `json:"resourceVersion,omitempty"`
	Generation                 int64                       `json:"generation,omitempty"`
	CreationTimestamp          *metav1.Time                `json:"creationTimestamp"`
	DeletionTimestamp          *metav1.Time                `json:"deletionTimestamp,omitempty"`
	DeletionGracePeriodSeconds *int64                      `json:"deletionGracePeriodSeconds,omitempty"`
	Labels                     map[string]string           `json:"labels,omitempty"`
	Annotations                map[string]string           `json:"annotations,omitempty"`
	OwnerReferences            []metav1.OwnerReference     `json:"ownerReferences,omitempty"`
	Finalizers                 []string                    `json:"finalizers,omitempty"`
	ClusterName                string                      `json:"clusterName,omitempty"`
	ManagedFields              []metav1.ManagedFieldsEntry `json:"managedFields,omitempty"`
}

func payloadMetadata(m *seldon.PodMeta) podMetadata {
	return podMetadata{
		Name: m.Name, GenerateName: m.GenerateName, Namespace: m.Namespace, SelfLink: m.GetSelfLink(), UID: m.UID,
		ResourceVersion: m.ResourceVersion, Generation: m.Generation,
		DeletionTimestamp:          m.DeletionTimestamp,
		DeletionGracePeriodSeconds: m.DeletionGracePeriodSeconds,
		Labels:                     m.Labels, Annotations: m.Annotations,
		OwnerReferences: m.OwnerReferences, Finalizers: m.Finalizers,
		ClusterName: m.ClusterName, ManagedFields: m.ManagedFields,
	}
}
