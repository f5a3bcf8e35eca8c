package cluster

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// definition is a custom resource of which nothing is known but its name: its
// fields are kept as they are given.
type definition struct {
	group, version, kind, plural string
}

// definitions are the custom resources that rendered objects are of, and the
// SeldonDeployment that owns what the operator leaves.
var definitions = []definition{
	{"keda.sh", "v1alpha1", "ScaledObject", "scaledobjects"},
	{"networking.istio.io", "v1alpha3", "VirtualService", "virtualservices"},
	{"networking.istio.io", "v1alpha3", "DestinationRule", "destinationrules"},
	{"getambassador.io", "v2", "Mapping", "mappings"},
	{"machinelearning.seldon.io", "v1", "SeldonDeployment", "seldondeployments"},
}

// InstallDefinitions creates the custom resource definitions and waits until
// the server serves them.
func (c *Client) InstallDefinitions(ctx context.Context) error {
	for _, d := range definitions {
		answer, err := c.Create(ctx, d.object())
		if err := errors.Join(err, answer.Refused); err != nil {
			return err
		}
	}
	for _, d := range definitions {
		if err := c.awaitServed(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (d definition) object() *Object {
	keep := map[string]any{"type": "object", "x-kubernetes-preserve-unknown-fields": true}
	return &Object{Object: map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1",
		"kind":       "CustomResourceDefinition",
		"metadata":   map[string]any{"name": d.plural + "." + d.group},
		"spec": map[string]any{
			"group": d.group,
			"scope": "Namespaced",
			"names": map[string]any{
				"kind": d.kind, "listKind": d.kind + "List",
				"plural": d.plural, "singular": strings.ToLower(d.kind),
			},
			"versions": []any{map[string]any{
				"name": d.version, "served": true, "storage": true,
				"schema": map[string]any{"openAPIV3Schema": keep},
			}},
		},
	}}
}

func (c *Client) awaitServed(ctx context.Context, d definition) error {
	gvk := schema.GroupVersionKind{Group: d.group, Version: d.version, Kind: d.kind}
	for {
		c.mapper.Reset()
		_, err := c.List(ctx, gvk, "")
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s is not served: %w", d.kind, err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
