package secrets

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Known is what is known of a Secret that a cluster has or will have. It holds
// none of its values.
type Known struct {
	Name string
	// Place is where its manifest is, for messages; empty if nobody knows.
	Place string
	// Keys are sorted. Open says that there may be others.
	Keys []string
	Open bool
	// Annotations are those of its metadata.
	Annotations map[string]string
	// Empty are the keys without a value, and Flaws say what is wrong with values,
	// by key, as the end of a sentence that begins with the key.
	Empty []string
	Flaws map[string]string
	// Types are the types of rclone remotes, in lower case both, as far as they are
	// types that Secrets can be made for.
	Types map[string]string
	// On are the keys of switches that are on.
	On []string
}

// KnownOf returns what is known of a Secret.
func KnownOf(s *corev1.Secret) Known {
	k := Known{Name: s.Name, Annotations: s.Annotations}
	values := maps.Clone(s.StringData)
	if values == nil {
		values = make(map[string]string, len(s.Data))
	}
	for key, value := range s.Data {
		if _, over := values[key]; !over {
			values[key] = string(value)
		}
	}
	k.look(values)
	return k
}

// look notes the keys, and what is to be said of the values.
func (k *Known) look(values map[string]string) {
	k.Keys = slices.Sorted(maps.Keys(values))
	for _, key := range k.Keys {
		value := values[key]
		if value == "" {
			k.Empty = append(k.Empty, key)
			continue
		}
		if remote, ok := remoteWithType(key); ok && slices.Contains(storageTypes[:], value) {
			if k.Types == nil {
				k.Types = map[string]string{}
			}
			k.Types[remote] = value
		}
		if on, err := strconv.ParseBool(strings.TrimSpace(value)); isSwitch(key) && err == nil && on {
			k.On = append(k.On, key)
		}
		if flaw := cmp.Or(flawOf(key, value), flawOfTemporaryKey(key, values)); flaw != "" {
			if k.Flaws == nil {
				k.Flaws = map[string]string{}
			}
			k.Flaws[key] = flaw
		}
	}
}

// String is the Secret in the words of a message.
func (k *Known) String() string {
	switch {
	case k.Name == "":
		return "the Secret"
	case k.Place == "":
		return fmt.Sprintf("Secret %q", k.Name)
	}
	return fmt.Sprintf("Secret %q (%s)", k.Name, k.Place)
}

// Has reports whether the Secret has a key.
func (k *Known) Has(key string) bool {
	_, ok := slices.BinarySearch(k.Keys, key)
	return ok
}

// hasPrefix reports whether a key begins with a text.
func (k *Known) hasPrefix(prefix string) bool {
	return slices.ContainsFunc(k.Keys, func(key string) bool { return strings.HasPrefix(key, prefix) })
}

// lacks returns those of the keys that the Secret cannot have.
func (k *Known) lacks(keys ...string) []string {
	if k.Open {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(keys), k.Has)
}

// missing returns those of the keys that the Secret has no value for.
func (k *Known) missing(keys ...string) []string {
	absent := k.lacks(keys...)
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		return !slices.Contains(absent, key) && !slices.Contains(k.Empty, key)
	})
}

// hasValue reports whether the Secret has a value under a key.
func (k *Known) hasValue(key string) bool { return k.Has(key) && !slices.Contains(k.Empty, key) }
