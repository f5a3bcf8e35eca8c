package source

import (
	"reflect"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/seldon"
)

// requiredFields returns the fields that the custom resource definition
// requires of a type (docs/behaviour/core.md, 1). The operator itself renders
// without them, so their absence is a warning only.
func requiredFields(typ reflect.Type) []string {
	switch typ {
	case reflect.TypeFor[seldon.DeploymentSpec]():
		return []string{"predictors"}
	case reflect.TypeFor[seldon.Predictor]():
		return []string{"name", "graph"}
	case reflect.TypeFor[seldon.Unit]():
		return []string{"name"}
	case reflect.TypeFor[seldon.Parameter]():
		return []string{"name", "value", "type"}
	case reflect.TypeFor[seldon.HPASpec]():
		return []string{"maxReplicas"}
	case reflect.TypeFor[seldon.KEDASpec]():
		return []string{"triggers"}
	case reflect.TypeFor[corev1.PodSpec]():
		return []string{"containers"}
	case reflect.TypeFor[corev1.Container]():
		return []string{"name"}
	}
	return nil
}
