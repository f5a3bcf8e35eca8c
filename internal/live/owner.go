package live

import (
	"strings"

	"github.com/seldonctl/seldonctl/seldon"
)

// managedBySeldon is how the operator labels the Services of its own.
const managedBySeldon = "seldon-core"

// Belonging says whose a live object is.
type Belonging struct {
	// Controller is the kind and the name of the object that controls it; empty for
	// none.
	ControllerKind, ControllerName string
	// Deployment is the SeldonDeployment that it was made for, as far as the object
	// says; ID is what its label says.
	Deployment, ID string
	// Seldon says that the operator, or a render, made it.
	Seldon bool
	// manager is whoever else says to manage it.
	manager string
}

// BelongingOf reads whose an object is from its metadata.
func BelongingOf(object map[string]any) Belonging {
	b := Belonging{ID: textAt(object, "metadata", "labels", seldon.LabelDeploymentID)}
	manager := textAt(object, "metadata", "labels", seldon.LabelManagedBy)
	b.Seldon = b.ID != "" || manager == managedBySeldon
	owners, _ := at(object, "metadata", "ownerReferences").([]any)
	for _, owner := range owners {
		o, _ := owner.(map[string]any)
		group, _, _ := strings.Cut(textAt(o, "apiVersion"), "/")
		isSeldons := group == seldon.Group && textAt(o, "kind") == seldon.Kind
		switch {
		case isSeldons:
			b.Deployment, b.Seldon = textAt(o, "name"), true
		case o["controller"] == true:
			b.ControllerKind, b.ControllerName = textAt(o, "kind"), textAt(o, "name")
		}
	}
	if manager != managedBySeldon && !b.Seldon {
		b.manager = manager
	}
	// Endpoints have no owner; the Service of the same name makes them.
	if textAt(object, "kind") == "Endpoints" {
		b.ControllerKind, b.ControllerName = "Service", textAt(object, "metadata", "name")
	}
	return b
}

// Other returns the owner of an object that is not the SeldonDeployment of a name
// with these labels, or nothing when it may well be. The name is empty when no
// SeldonDeployment makes the object.
func (b Belonging) Other(deployment string, desired map[string]any) string {
	switch {
	case b.ControllerKind != "":
		return b.ControllerKind + " " + b.ControllerName
	case deployment == "":
		return ""
	case b.Deployment != "" && b.Deployment != deployment:
		return seldon.Kind + " " + b.Deployment
	}
	id := textAt(desired, "metadata", "labels", seldon.LabelDeploymentID)
	switch {
	case id == "" || b.Deployment != "":
		return ""
	case b.ID != "" && b.ID != id:
		return seldon.Kind + " " + b.ID
	}
	return b.manager
}
