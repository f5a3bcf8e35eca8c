package render

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// podWords are the words that an API server takes for the types of a pod's fields
// that have a few words only.
var podWords = sync.OnceValue(func() map[reflect.Type][]string {
	words := make(map[reflect.Type][]string)
	add := func(list ...any) {
		for _, word := range list {
			v := reflect.ValueOf(word)
			words[v.Type()] = append(words[v.Type()], v.String())
		}
	}
	add(corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever)
	add(corev1.RestartPolicyAlways, corev1.RestartPolicyOnFailure, corev1.RestartPolicyNever)
	add(corev1.DNSClusterFirst, corev1.DNSClusterFirstWithHostNet, corev1.DNSDefault, corev1.DNSNone)
	add(corev1.PreemptLowerPriority, corev1.PreemptNever)
	add(corev1.Linux, corev1.Windows)
	add(corev1.ProtocolTCP, corev1.ProtocolUDP, corev1.ProtocolSCTP)
	add(corev1.URISchemeHTTP, corev1.URISchemeHTTPS)
	add(corev1.TerminationMessageReadFile, corev1.TerminationMessageFallbackToLogsOnError)
	add(corev1.MountPropagationNone, corev1.MountPropagationHostToContainer, corev1.MountPropagationBidirectional)
	add(corev1.TolerationOpExists, corev1.TolerationOpEqual, corev1.TolerationOpLt, corev1.TolerationOpGt)
	add(corev1.TaintEffectNoSchedule, corev1.TaintEffectPreferNoSchedule, corev1.TaintEffectNoExecute)
	add(corev1.NodeSelectorOpIn, corev1.NodeSelectorOpNotIn, corev1.NodeSelectorOpExists, corev1.NodeSelectorOpDoesNotExist,
		corev1.NodeSelectorOpGt, corev1.NodeSelectorOpLt)
	add(v1.LabelSelectorOpIn, v1.LabelSelectorOpNotIn, v1.LabelSelectorOpExists, v1.LabelSelectorOpDoesNotExist)
	add(corev1.DoNotSchedule, corev1.ScheduleAnyway)
	add(corev1.NodeInclusionPolicyHonor, corev1.NodeInclusionPolicyIgnore)
	add(corev1.FSGroupChangeAlways, corev1.FSGroupChangeOnRootMismatch)
	add(corev1.SeccompProfileTypeUnconfined, corev1.SeccompProfileTypeRuntimeDefault, corev1.SeccompProfileTypeLocalhost)
	add(corev1.DefaultProcMount, corev1.UnmaskedProcMount)
	add(corev1.HostPathDirectoryOrCreate, corev1.HostPathDirectory, corev1.HostPathFileOrCreate, corev1.HostPathFile,
		corev1.HostPathSocket, corev1.HostPathCharDev, corev1.HostPathBlockDev)
	add(corev1.ReadWriteOnce, corev1.ReadOnlyMany, corev1.ReadWriteMany, corev1.ReadWriteOncePod)
	add(corev1.PersistentVolumeBlock, corev1.PersistentVolumeFilesystem)
	return words
})

// lintWords looks for words below a pointer to a part of a pod that no cluster
// takes.
func (l *inspector) lintWords(part any, path func() *field.Path) {
	w := wordWalk{known: podWords()}
	w.found = func(word string, known []string) {
		at := path()
		for _, step := range w.steps {
			at = step.on(at)
		}
		name := at.String()
		l.tell(finding.PodWord, at, meantOr(word, known), "unknown %s %q", name[strings.LastIndexByte(name, '.')+1:], word)
	}
	w.walk(reflect.ValueOf(part).Elem())
}

// meantOr is a hint for an unknown word: the one that was meant, or all.
func meantOr(word string, known []string) string {
	if meant := spelling.Nearest(word, known); meant != "" {
		return "did you mean " + meant + "?"
	}
	last := len(known) - 1
	return "use " + strings.Join(known[:last], ", ") + " or " + known[last]
}

// wordWalk looks at every field below a value.
type wordWalk struct {
	known map[reflect.Type][]string
	found func(word string, known []string)
	// steps lead to what is looked at.
	steps []wordStep
}

// wordStep is a field of a struct, or an index of a list where of is nil.
type wordStep struct {
	of    reflect.Type
	index int
}

func (s wordStep) on(path *field.Path) *field.Path {
	if s.of == nil {
		return path.Index(s.index)
	}
	if name, _, _ := strings.Cut(s.of.Field(s.index).Tag.Get("json"), ","); name != "" {
		return path.Child(name)
	}
	// The fields of an embedded struct are those of the one around it.
	return path
}

func (w *wordWalk) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			w.walk(v.Elem())
		}
	case reflect.String:
		if word := v.String(); word != "" {
			if known := w.known[v.Type()]; known != nil && !slices.Contains(known, word) {
				w.found(word, known)
			}
		}
	case reflect.Slice:
		if kind := v.Type().Elem().Kind(); kind == reflect.Uint8 || v.Type().Elem() == reflect.TypeFor[string]() {
			return
		}
		for i := range v.Len() {
			w.step(nil, i, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// Nearly all fields are empty, and those that are not exported out of reach.
			if f := v.Field(i); f.CanInterface() && !f.IsZero() {
				w.step(v.Type(), i, f)
			}
		}
	}
}

func (w *wordWalk) step(of reflect.Type, index int, v reflect.Value) {
	w.steps = append(w.steps, wordStep{of, index})
	w.walk(v)
	w.steps = w.steps[:len(w.steps)-1]
}
