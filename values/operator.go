package values

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// The operator's objects, as its chart names them.
const (
	configMapName  = "seldon-config"
	deploymentName = "seldon-controller-manager"
	containerName  = "manager"
	managerImage   = "seldon-core-operator"
)

// DetectRelease returns the release that the manager's image says in saved
// operator files, for example 1.7.0. ok is false when no manager is in them or
// its tag is not a release that this program knows; the tag is returned then, too.
func DetectRelease(data ...[]byte) (version string, ok bool) {
	for _, d := range data {
		objects, _ := readObjects(d)
		for _, o := range objects {
			c := o.manager()
			if c == nil {
				continue
			}
			_, tag := splitTag(c.Image)
			version = strings.TrimPrefix(tag, "v")
			if _, err := release.Lookup(version); err == nil {
				return version, true
			}
		}
	}
	return version, false
}

// object is what counts of a ConfigMap, a Deployment or a List of them.
type object struct {
	Kind     string `yaml:"kind"`
	Metadata struct {
		Name string `yaml:"name"`
	} `yaml:"metadata"`
	Data map[string]yaml.Node `yaml:"data"`
	Spec struct {
		Template struct {
			Spec struct {
				Containers []container `yaml:"containers"`
			} `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
	Items []yaml.Node `yaml:"items"`
}

type container struct {
	Name  string        `yaml:"name"`
	Image string        `yaml:"image"`
	Env   []envVariable `yaml:"env"`
}

type envVariable struct {
	Name      string    `yaml:"name"`
	Value     yaml.Node `yaml:"value"`
	ValueFrom yaml.Node `yaml:"valueFrom"`
}

// readObjects returns the ConfigMaps and Deployments of a file, those of Lists
// included.
func readObjects(data []byte) ([]object, error) {
	l, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var out []object
	for {
		var doc yaml.Node
		if err := l.Load(&doc); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return out, err
		}
		if err := checkAliases(&doc); err != nil {
			return out, err
		}
		for _, top := range doc.Content {
			found, err := objectsOf(top)
			if err != nil {
				return out, err
			}
			out = append(out, found...)
		}
	}
}

func objectsOf(top *yaml.Node) ([]object, error) {
	// The kind is looked at first: other objects may be of any shape.
	var kind struct {
		Kind string `yaml:"kind"`
	}
	if top.Kind != yaml.MappingNode || top.Load(&kind) != nil {
		return nil, nil
	}
	if !slices.Contains([]string{"ConfigMap", "Deployment", "List", "ConfigMapList", "DeploymentList"}, kind.Kind) {
		return nil, nil
	}
	var o object
	if err := top.Load(&o); err != nil {
		return nil, err
	}
	if !strings.HasSuffix(kind.Kind, "List") {
		return []object{o}, nil
	}
	var out []object
	for i := range o.Items {
		var item object
		if err := o.Items[i].Load(&item); err != nil {
			return nil, err
		}
		if item.Kind == "" {
			item.Kind = strings.TrimSuffix(kind.Kind, "List")
		}
		out = append(out, item)
	}
	return out, nil
}

// manager returns the manager's container, or nil when this is no Deployment of
// the operator.
func (o *object) manager() *container {
	if o.Kind != "Deployment" {
		return nil
	}
	containers := o.Spec.Template.Spec.Containers
	for i := range containers {
		if c := &containers[i]; c.looksLikeManager() {
			return c
		}
	}
	if o.Metadata.Name != deploymentName {
		return nil
	}
	for i := range containers {
		if c := &containers[i]; c.Name == containerName || len(containers) == 1 {
			return c
		}
	}
	return nil
}

// looksLikeManager reports whether the container is the operator's by its image
// or by a variable that nothing else has.
func (c *container) looksLikeManager() bool {
	name, _ := splitTag(c.Image)
	return path.Base(name) == managerImage || slices.ContainsFunc(c.Env, func(e envVariable) bool {
		return e.Name == "EXECUTOR_CONTAINER_IMAGE_AND_VERSION"
	})
}

// configMap reports whether this is the operator's ConfigMap.
func (o *object) configMap() bool {
	if o.Kind != "ConfigMap" {
		return false
	}
	_, servers := o.Data["predictor_servers"]
	return o.Metadata.Name == configMapName || servers
}

// addOperator lays what an operator file says over the defaults.
func (l *loader) addOperator(o Overlay) finding.List {
	at := finding.Position{File: o.name}
	objects, err := readObjects(o.text)
	if err != nil {
		return finding.List{syntaxFinding(finding.OperatorFileSyntax, at, o.text, err).
			WithHint("save it again with kubectl get ... -o yaml")}
	}
	var list finding.List
	found := false
	for _, object := range objects {
		if object.configMap() {
			found = true
			list = append(list, l.installConfig(o.name, object.Data)...)
		}
		if c := object.manager(); c != nil {
			found = true
			list = append(list, l.installEnv(o.name, c)...)
		}
	}
	if !found {
		list = append(list, finding.New(finding.OperatorFileEmpty, nil, "neither the ConfigMap %s nor the Deployment %s is in the file", configMapName, deploymentName).At(at).
			WithHint("save them: kubectl -n seldon-system get configmap/%s deployment/%s -o yaml", configMapName, deploymentName))
	}
	return list
}

// installConfig replaces the parts of the values that become the ConfigMap. A
// key that the ConfigMap lacks is taken away.
func (l *loader) installConfig(file string, data map[string]yaml.Node) finding.List {
	var list finding.List
	if !slices.ContainsFunc(release.ConfigKeys(), func(key string) bool { _, ok := data[key]; return ok }) {
		list = append(list, finding.New(finding.OperatorFileEmpty, field.NewPath("data"), "the ConfigMap has none of %s", strings.Join(release.ConfigKeys(), ", ")).
			At(finding.Position{File: file}).WithHint("save it whole: kubectl -n seldon-system get configmap/%s -o yaml", configMapName))
	}
	for _, key := range release.ConfigKeys() {
		l.base = l.base.without(key)
		node, ok := data[key]
		if !ok {
			continue
		}
		origin := Origin{FromOperator, finding.Position{File: file, Line: node.Line, Column: node.Column}}
		var value any
		if err := json.Unmarshal([]byte(node.Value), &value); err != nil {
			list = append(list, finding.New(finding.OperatorFileSyntax, field.NewPath("data", key), "holds no JSON%s", faultPlace(node.Value, err)).At(origin.Pos).
				WithHint("the operator cannot read it either; fix the ConfigMap and save it again"))
			continue
		}
		if value != nil {
			l.base = l.base.with(key, coalesce(nil, newEntry(value, origin)))
		}
	}
	l.installedConfig = true
	return list
}

// faultPlace says where in a text the JSON ends to make sense. It quotes nothing:
// the text may hold secrets at a wrong place.
func faultPlace(text string, err error) string {
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok || syntax.Offset < 1 || int(syntax.Offset) > len(text) {
		return ""
	}
	before := text[:syntax.Offset]
	line := strings.Count(before, "\n") + 1
	return fmt.Sprintf(": there is a fault at line %d, column %d of its text", line, len(before)-strings.LastIndexByte(before, '\n')-1)
}
