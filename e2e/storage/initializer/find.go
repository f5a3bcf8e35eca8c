package initializer

import (
	"bufio"
	"errors"
	"io"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigsyaml "sigs.k8s.io/yaml"
)

// Cluster is what manifests put into one, as far as an init container can see of
// it.
type Cluster struct {
	Secrets         map[string]*corev1.Secret
	ServiceAccounts map[string]*corev1.ServiceAccount
	// Claims are the folders of persistent volume claims.
	Claims map[string]string
}

// Container is an init container that fetches a model.
type Container struct {
	corev1.Container
	Pod     corev1.PodTemplateSpec
	cluster *Cluster
}

// Find returns the init containers that fetch models, in the cluster that the
// manifests make.
func Find(manifests string, claims map[string]string) ([]Container, error) {
	cluster := &Cluster{Secrets: map[string]*corev1.Secret{}, ServiceAccounts: map[string]*corev1.ServiceAccount{}, Claims: claims}
	var found []Container
	documents := yaml.NewYAMLReader(bufio.NewReader(strings.NewReader(manifests)))
	for {
		text, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		some, err := cluster.add(text)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
}

// add puts an object into the cluster and returns the containers that it has.
func (c *Cluster) add(text []byte) ([]Container, error) {
	var head struct{ Kind string }
	if err := sigsyaml.Unmarshal(text, &head); err != nil {
		return nil, err
	}
	switch head.Kind {
	case "Deployment":
		var d appsv1.Deployment
		if err := sigsyaml.Unmarshal(text, &d); err != nil {
			return nil, err
		}
		var found []Container
		for _, init := range d.Spec.Template.Spec.InitContainers {
			if strings.HasSuffix(init.Name, "-model-initializer") {
				found = append(found, Container{init, d.Spec.Template, c})
			}
		}
		return found, nil
	case "Secret":
		var s corev1.Secret
		if err := sigsyaml.Unmarshal(text, &s); err != nil {
			return nil, err
		}
		for key, value := range s.StringData {
			if s.Data == nil {
				s.Data = map[string][]byte{}
			}
			s.Data[key] = []byte(value)
		}
		c.Secrets[s.Name] = &s
	case "ServiceAccount":
		var a corev1.ServiceAccount
		if err := sigsyaml.Unmarshal(text, &a); err != nil {
			return nil, err
		}
		c.ServiceAccounts[a.Name] = &a
	}
	return nil, nil
}
