package compare

import (
	"strings"

	"github.com/seldonctl/seldonctl/internal/live"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// label is what an object says of the SeldonDeployment that it was made for.
type label struct{ namespace, id string }

// read finds out what one has to know of all objects: whose labels are whose, and
// what is autoscaled.
func (c *comparison) read(from, to []Object) error {
	c.models, c.scaled = map[label]string{}, map[manifest.ID]bool{}
	for i := range to {
		o := &to[i]
		object, err := o.decode()
		if err != nil {
			return pair{to: o}.fault(err)
		}
		if id, _ := field(object, "metadata.labels."+seldon.LabelDeploymentID).(string); id != "" && o.Model != "" {
			c.models[label{o.ID.Namespace, id}] = o.Model
		}
		c.readAutoscaler(o.ID, object)
	}
	for i := range from {
		o := &from[i]
		if !isAutoscaler(o.ID) {
			continue
		}
		object, err := o.decode()
		if err != nil {
			return pair{from: o}.fault(err)
		}
		// One that the operator made goes with what it scales.
		if b := live.BelongingOf(object); !b.Seldon || b.ControllerKind != "" {
			c.readAutoscaler(o.ID, object)
		}
	}
	return nil
}

func isAutoscaler(id manifest.ID) bool {
	return id.Kind == "HorizontalPodAutoscaler" || id.Kind == "ScaledObject"
}

// readAutoscaler notes what an autoscaler scales.
func (c *comparison) readAutoscaler(id manifest.ID, object map[string]any) {
	name, _ := field(object, "spec.scaleTargetRef.name").(string)
	kind := textOr(field(object, "spec.scaleTargetRef.kind"), "Deployment")
	if isAutoscaler(id) {
		c.scaled[manifest.ID{Group: "apps", Kind: kind, Namespace: namespaceOr(id.Namespace), Name: name}] = true
	}
}

// isScaled reports whether something else decides about the replicas of an object.
func (c *comparison) isScaled(id manifest.ID) bool {
	id.Namespace = namespaceOr(id.Namespace)
	return c.scaled[id]
}

// alone sets the verdict about an object that only the cluster has: none about
// one that is not Seldon's.
func (c *comparison) alone(d *Difference, object map[string]any) {
	b := live.BelongingOf(object)
	if !b.Seldon {
		return
	}
	d.onlyLive, d.Owner = true, b.Other("", nil)
	if d.Owner != "" {
		d.Verdict = Foreign
		return
	}
	d.Verdict = Removed
	d.Model = c.modelOf(d.From.Namespace, b)
}

// modelOf returns the SeldonDeployment that a live object was made for.
func (c *comparison) modelOf(namespace string, b live.Belonging) string {
	switch model := c.models[label{namespace, b.ID}]; {
	case b.Deployment != "":
		return namespace + "/" + b.Deployment
	case model != "":
		return model
	case b.ID != "":
		return namespace + "/" + b.ID
	}
	return ""
}

// nameOfModel returns the name of a SeldonDeployment without its namespace.
func nameOfModel(model string) string { return model[strings.LastIndexByte(model, '/')+1:] }

// of returns a pair of other objects with the same identities.
func (p pair) of(from, to map[string]any) (pair, error) {
	a, b := *p.from, *p.to
	var err error
	if a.JSON, err = encode(from); err != nil {
		return p, err
	}
	b.JSON, err = encode(to)
	return pair{&a, &b}, err
}

func namespaceOr(namespace string) string {
	if namespace == "" {
		return "default"
	}
	return namespace
}
