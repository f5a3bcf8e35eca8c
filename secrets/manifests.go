package secrets

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// form is a kind of manifest that a Secret comes from.
type form struct {
	group, kind string
	read        func(*manifestReader)
}

// forms are a Secret itself, with or without what SOPS does to it, and the
// objects that controllers make Secrets of.
func forms() []form {
	return []form{
		{"", kindSecret, (*manifestReader).secret},
		{"external-secrets.io", "ExternalSecret", (*manifestReader).externalSecret},
		{"bitnami.com", "SealedSecret", (*manifestReader).sealedSecret},
	}
}

// MakesSecret reports whether an object is a Secret or becomes one.
func MakesSecret(apiVersion, kind string) bool { return formOf(apiVersion, kind) != nil }

func formOf(apiVersion, kind string) *form {
	group, _, grouped := strings.Cut(apiVersion, "/")
	if !grouped {
		group = ""
	}
	all := forms()
	i := slices.IndexFunc(all, func(f form) bool { return f.group == group && f.kind == kind })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// ReadManifest returns what is known of the Secret that an object is or becomes,
// from its decoded JSON, and its namespace. The findings are about what no
// cluster takes; none has a value. The object must be one that [MakesSecret].
func ReadManifest(object map[string]any) (k Known, namespace string, findings finding.List) {
	r := &manifestReader{object: object}
	r.known.Name, namespace = r.text("metadata", "name"), r.text("metadata", "namespace")
	r.known.Annotations = texts(r.at("metadata", "annotations"))
	if f := formOf(r.text("apiVersion"), r.text("kind")); f != nil {
		f.read(r)
	}
	slices.Sort(r.known.Keys)
	r.known.Keys = slices.Compact(r.known.Keys)
	return r.known, namespace, r.findings
}

type manifestReader struct {
	object   map[string]any
	known    Known
	findings finding.List
}

// at returns what a path of keys leads to, or nil.
func (r *manifestReader) at(path ...string) any {
	var value any = r.object
	for _, key := range path {
		members, _ := value.(map[string]any)
		value = members[key]
	}
	return value
}

func (r *manifestReader) text(path ...string) string {
	text, _ := r.at(path...).(string)
	return text
}

// keys notes the keys of a map.
func (r *manifestReader) keys(path ...string) {
	members, _ := r.at(path...).(map[string]any)
	r.known.Keys = slices.AppendSeq(r.known.Keys, maps.Keys(members))
}

func (r *manifestReader) fault(path *field.Path, format string, args ...any) {
	r.known.Open = true
	r.findings = append(r.findings, finding.New(finding.SecretMalformed, path, format, args...))
}

// unknownValue stands for a value that cannot be read.
const unknownValue = "${}"

// secret reads a Secret. Of one that SOPS has encrypted only the keys can be
// read.
func (r *manifestReader) secret() {
	if r.at("sops") != nil {
		r.keys("data")
		r.keys("stringData")
		return
	}
	r.known.look(r.secretValues())
	known := []string{"apiVersion", "kind", "metadata", "type", "immutable", "data", "stringData"}
	for member := range r.object {
		// It may be misspelt, and hold what seems to be missing.
		r.known.Open = r.known.Open || !slices.Contains(known, member)
	}
}

// secretValues are the values of a Secret.
func (r *manifestReader) secretValues() map[string]string {
	values := map[string]string{}
	for _, member := range []string{"data", "stringData"} {
		at := field.NewPath(member)
		members, ok := r.at(member).(map[string]any)
		if !ok && r.at(member) != nil {
			r.fault(at, "%s must be a map", member)
		}
		for _, key := range slices.Sorted(maps.Keys(members)) {
			text, isText := members[key].(string)
			switch {
			case members[key] == nil:
			case !isText:
				r.fault(at.Key(key), "the value must be a string; quote it")
				text = unknownValue
			case member == "stringData" || isTemplate(text):
			default:
				decoded, err := base64.StdEncoding.DecodeString(text)
				if err != nil {
					r.fault(at.Key(key), "the value must be base64; plain text belongs under stringData")
					decoded = []byte(unknownValue)
				}
				text = string(decoded)
			}
			values[key] = text
		}
	}
	return values
}

// externalSecret reads an ExternalSecret of the External Secrets Operator. With a
// template the Secret has what the template says, else what is fetched.
func (r *manifestReader) externalSecret() {
	if name := r.text("spec", "target", "name"); name != "" {
		r.known.Name = name
	}
	template := []string{"spec", "target", "template"}
	r.known.Annotations = texts(r.at(append(template, "metadata", "annotations")...))
	r.keys(append(template, "data")...)
	merges := r.text(append(template, "mergePolicy")...) == "Merge"
	if r.at(append(template, "templateFrom")...) != nil {
		r.known.Open = true
	}
	if len(r.known.Keys) > 0 && !merges {
		return
	}
	data, _ := r.at("spec", "data").([]any)
	for _, entry := range data {
		members, _ := entry.(map[string]any)
		if key, _ := members["secretKey"].(string); key != "" {
			r.known.Keys = append(r.known.Keys, key)
		}
	}
	if r.at("spec", "dataFrom") != nil {
		r.known.Open = true
	}
}

// sealedSecret reads a SealedSecret of Bitnami's controller.
func (r *manifestReader) sealedSecret() {
	template := []string{"spec", "template"}
	r.known.Annotations = texts(r.at(append(template, "metadata", "annotations")...))
	r.keys("spec", "encryptedData")
	r.keys(append(template, "data")...)
}

// texts are the texts of a map.
func texts(value any) map[string]string {
	members, _ := value.(map[string]any)
	if members == nil {
		return nil
	}
	out := make(map[string]string, len(members))
	for key, value := range members {
		if text, ok := value.(string); ok {
			out[key] = text
		}
	}
	return out
}
