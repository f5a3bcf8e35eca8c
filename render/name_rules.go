package render

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// The rules of Kubernetes, decided without its regular expressions where the
// answer is plain.

func isLabelName(s string) bool {
	if s == "" || len(s) > maxName || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func isServiceName(s string) bool { return isLabelName(s) && s[0] >= 'a' }

func isSubdomain(s string) bool {
	return isLabelName(s) || len(validation.IsDNS1123Subdomain(s)) == 0
}

func isLabelKey(s string) bool { return isLabelName(s) || len(validation.IsQualifiedName(s)) == 0 }

func isLabelValue(s string) bool {
	return s == "" || isLabelName(s) || len(validation.IsValidLabelValue(s)) == 0
}

func isAnnotationKey(s string) bool {
	name, ok := strings.CutPrefix(s, seldonPrefix)
	return ok && isLabelName(name) || isLabelKey(strings.ToLower(s))
}
