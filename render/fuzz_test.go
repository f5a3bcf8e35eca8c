package render_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// canary stands wherever a SeldonDeployment may hold a secret; no finding may
// repeat it.
const canary = "cAnArY-5eCr3t"

// FuzzRender renders SeldonDeployments that are made up from the bytes of shape:
// from nothing where base is 0, else on top of a recorded input. The bytes choose
// the release, the values and the cluster too, see shape. Bases beyond those choose
// a part of the checks, or none: all of them take five times as long as a render.
func FuzzRender(f *testing.F) {
	z := &fuzzer{fuzzBases(f), newRendererCache()}
	for i := range len(z.bases) + 1 {
		f.Add(uint16(i), []byte{})
		f.Add(uint16(i+(1+i%3)*(len(z.bases)+1)), []byte{})
		f.Add(uint16(i), []byte("\x01\x05\x02\x01some shape or other, as long as it is long enough to matter"))
	}
	for _, text := range []string{
		"\x00\x00\x00\x00\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01",
		"\x01\x03\x02\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		strings.Repeat("\x01\x63\x02\x5f", 100), strings.Repeat("\x00\x62\x07\x61\x03", 120),
	} {
		f.Add(uint16(0), []byte(text))
	}
	f.Fuzz(func(t *testing.T, base uint16, data []byte) {
		z.check(t, base, data)
	})
}

// fuzzer is what all inputs share.
type fuzzer struct {
	bases     [][]byte
	renderers *rendererCache
}

// check renders one input and holds what comes out against what must be true of
// every render.
func (z *fuzzer) check(t *testing.T, base uint16, data []byte) {
	n, part := int(base)%(len(z.bases)+1), int(base)/(len(z.bases)+1)%8
	wants := func(one int) bool { return part == 0 || part == one }
	makeInput := func() (*seldon.Deployment, renderChoice) {
		sd := &seldon.Deployment{}
		if n > 0 {
			if err := json.Unmarshal(z.bases[n-1], sd); err != nil {
				t.Skip(err)
			}
		}
		s := &shape{data: data}
		choice := s.run()
		if len(data) > 0 || base == 0 {
			s.deployment(sd)
		}
		return sd, choice
	}
	sd, choice := makeInput()
	r := z.renderers.get(t, choice)

	result := r.Render(render.Input{Deployment: sd})
	checkFindings(t, result)
	if wants(1) {
		if untouched, _ := makeInput(); !reflect.DeepEqual(sd, untouched) {
			t.Fatal("rendering changed its input")
		}
		checkEncoders(t, result.Objects)
	}
	if wants(2) && len(result.Objects) > 0 {
		text := writeYAML(t, result.Objects, part == 0)
		if again := writeYAML(t, r.Render(render.Input{Deployment: sd}).Objects, false); !bytes.Equal(text, again) {
			t.Fatalf("two renders of one input differ:\n%s\n%s", text, again)
		}
		if passed := passThrough(t, text); !bytes.Equal(text, passed) {
			t.Fatalf("a render of a render differs:\n%s\n%s", text, passed)
		}
	}
	if wants(3) {
		checkObjects(t, result, choice)
	}
}

// fuzzBases returns the recorded SeldonDeployments as JSON.
func fuzzBases(f testing.TB) [][]byte {
	files, err := filepath.Glob("../testdata/recorded/inputs/*/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no recorded inputs", err)
	}
	in := source.Open(files, source.Options{})
	defer in.Close()
	var bases [][]byte
	for doc, fault := range in.Documents(context.Background()) {
		if fault != nil || !doc.IsSeldonDeployment() {
			continue
		}
		if text, faults := doc.JSON(); !faults.HasErrors() {
			bases = append(bases, bytes.Clone(text))
		}
	}
	return bases
}

func checkFindings(t *testing.T, result render.Result) {
	if result.Findings.HasErrors() && len(result.Objects) > 0 {
		t.Errorf("%d objects with these findings: %v", len(result.Objects), result.Findings)
	}
	for _, f := range result.Findings {
		if _, ok := finding.Lookup(f.Code); !ok || f.Message == "" || f.Severity < finding.Error || f.Severity > finding.Note {
			t.Errorf("a finding that cannot be reported: %#v", f)
		}
		if strings.Contains(f.Message+f.Hint+f.Path.String(), canary) {
			t.Errorf("%s tells a secret: %s: %s; %s", f.Code, f.Path, f.Message, f.Hint)
		}
		if path := f.Path.String(); f.Path != nil && !strings.HasPrefix(path, "spec") && !strings.HasPrefix(path, "metadata") {
			t.Errorf("%s points at %q", f.Code, path)
		}
	}
}

// writeYAML writes objects as the program does. What is to be judged is read back
// with the library of kubectl.
func writeYAML(t *testing.T, objects []manifest.Object, judged bool) []byte {
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		t.Fatal(err)
	}
	spool := output.NewSpool(format, 0)
	defer spool.Close()
	for _, o := range objects {
		chunk, _, err := manifest.Encode(format, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		if judged {
			readBack(t, o, chunk.Data)
		}
		if err := spool.Add(chunk); err != nil {
			t.Fatal(err)
		}
	}
	return spooled(t, spool)
}

// readBack reads a text that an object became.
func readBack(t *testing.T, o manifest.Object, text []byte) {
	var read map[string]any
	if err := yaml.UnmarshalStrict(text, &read); err != nil {
		t.Fatalf("unreadable: %v\n%s", err, text)
	}
	metadata, _ := read["metadata"].(map[string]any)
	same := func(got any, want string) bool { return got == want || got == nil && want == "" }
	if !same(read["kind"], o.Kind) || !same(read["apiVersion"], o.APIVersion) || !same(metadata["name"], o.Name) || !same(metadata["namespace"], o.Namespace) {
		t.Fatalf("this is not %s %s\n%s", o.Kind, o.Name, text)
	}
	checkSchema(t, read)
}

// passThrough reads manifests and writes them as the program does with what is
// no SeldonDeployment.
func passThrough(t *testing.T, text []byte) []byte {
	format, _ := manifest.NewFormat("yaml")
	spool := output.NewSpool(format, 0)
	defer spool.Close()
	for doc, fault := range source.Text("", text) {
		if fault != nil {
			t.Fatalf("a render cannot be read: %s\n%s", fault.Message, text)
		}
		if faults := doc.Check(); faults.HasErrors() {
			t.Fatalf("a render is refused: %v\n%s", faults, text)
		}
		chunk, _, err := manifest.EncodePassed(format, nil, manifest.Document{Raw: doc.Raw})
		if err != nil {
			t.Fatal(err)
		}
		if err := spool.Add(chunk); err != nil {
			t.Fatal(err)
		}
	}
	return spooled(t, spool)
}

func spooled(t *testing.T, spool *output.Spool) []byte {
	var out bytes.Buffer
	if err := spool.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// checkObjects looks at what a schema does not say.
func checkObjects(t *testing.T, result render.Result, choice renderChoice) {
	judge := &judge{t, result.Findings}
	for _, o := range result.Objects {
		text, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		judge.object(o.Kind, text)
		if o.Kind != "Deployment" {
			continue
		}
		var d appsv1.Deployment
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatalf("no Deployment: %v\n%s", err, text)
		}
		pod := &d.Spec.Template.Spec
		for _, c := range append(pod.InitContainers, pod.Containers...) {
			checkEnginePredictor(t, &c)
			if choice.serverSideApply {
				checkMergeKeys(t, &c)
			}
		}
	}
}

func checkEnginePredictor(t *testing.T, c *corev1.Container) {
	if c.Name != "seldon-container-engine" {
		return
	}
	for _, e := range c.Env {
		if e.Name != "ENGINE_PREDICTOR" || e.Value == "" {
			continue
		}
		text, err := base64.StdEncoding.DecodeString(e.Value)
		if err == nil && !json.Valid(text) && !strings.Contains(e.Value, canary) {
			t.Errorf("ENGINE_PREDICTOR holds no JSON: %s", text)
		}
	}
}

// checkMergeKeys looks for entries that server-side apply takes for one.
func checkMergeKeys(t *testing.T, c *corev1.Container) {
	seen := map[any]bool{}
	for _, port := range c.Ports {
		protocol := port.Protocol
		if protocol == "" {
			protocol = corev1.ProtocolTCP
		}
		key := [2]any{port.ContainerPort, protocol}
		if seen[key] {
			t.Errorf("container %q has port %d twice", c.Name, port.ContainerPort)
		}
		seen[key] = true
	}
	for _, e := range c.Env {
		if seen[e.Name] {
			t.Errorf("container %q has the variable %q twice", c.Name, e.Name)
		}
		seen[e.Name] = true
	}
}
