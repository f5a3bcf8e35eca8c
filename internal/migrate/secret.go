package migrate

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
)

// oldSecret is a Secret of the input, or what becomes one.
type oldSecret struct {
	doc    *source.Document
	object map[string]any
	facts  secrets.Facts
}

// conversion says what a new Secret is made of and for.
type conversion struct {
	old *oldSecret
	// attached says that a ServiceAccount brings the old Secret.
	attached bool
	// scheme is that of the new URI, which names the remote. The account is that of
	// Azure.
	scheme, account, uri string
}

// name is the new Secret's. It depends on the old Secret and the use alone.
func (c *conversion) name() string {
	name := c.old.facts.Name
	if c.attached && (c.old.facts.S3 || c.old.facts.Azure) {
		name += "-attached"
	}
	name += "-rclone"
	if c.account != "" {
		name += "-" + c.account
	}
	return name
}

// variables are the prefix of the keys that count, or nothing for attached ones.
func (c *conversion) variables() string {
	switch {
	case c.attached:
		return ""
	case c.account != "":
		return "AZ_"
	}
	return "AWS_"
}

// convert makes the new Secret, unless it was made, and returns its name, or the
// reason why there can be none.
func (m *migration) convert(c conversion, model model) (name, reason string) {
	old := c.old
	name = c.name()
	ref := reference{model.namespace, name}
	switch there := m.secrets[ref]; {
	case m.made[ref], there != nil && slices.Contains(there.facts.Remotes, c.scheme):
		return name, ""
	case there != nil:
		return "", "Secret \"" + name + "\" already exists and is not for rclone"
	case !old.doc.IsSecret() || old.object["sops"] != nil:
		return "", "the values of Secret \"" + old.facts.Name + "\" cannot be read; make one for rclone with `seldonctl secret rclone`"
	}
	keys := m.config.Keys
	if !c.attached {
		keys = secrets.KeyNames{}
	}
	converted, findings := secrets.ConvertManifest(old.doc.File, m.reduced(c), keys)
	if findings.HasErrors() {
		return "", "Secret \"" + old.facts.Name + "\": " + messages(findings)
	}
	provider, err := secrets.Lookup(secrets.ProvidersFor(m.config.Release.Storage.Flavour)[0])
	if err != nil {
		return "", err.Error()
	}
	if c.account != "" {
		converted.Values["account"] = secrets.Sensitive(c.account)
	}
	_, hasData := old.object["data"]
	made := provider.Build(secrets.Request{
		Choice: converted.Choice, Name: name, Namespace: old.doc.Namespace, Values: converted.Values,
		Remote: c.scheme, StringData: !hasData,
	})
	if made.Findings.HasErrors() {
		return "", "Secret \"" + old.facts.Name + "\": " + messages(made.Findings)
	}
	for _, f := range made.Findings {
		m.findings = append(m.findings, f.About(old.doc.Object()).At(old.doc.Start()))
	}
	m.made[ref] = true
	file := m.changesOf(old.doc.File)
	file.added = append(file.added, made)
	return name, ""
}

func messages(findings finding.List) string {
	var out []string
	for _, f := range findings {
		if f.Severity == finding.Error {
			out = append(out, f.Message)
		}
	}
	return strings.Join(out, "; ")
}

// reduced is the old Secret with what counts for the use: the variables of one
// kind, or for an attached one the server that the operator is told of where the
// Secret names none.
func (m *migration) reduced(c conversion) map[string]any {
	out := maps.Clone(c.old.object)
	if prefix := c.variables(); prefix != "" {
		for _, member := range []string{"data", "stringData"} {
			if data, ok := out[member].(map[string]any); ok {
				data = maps.Clone(data)
				maps.DeleteFunc(data, func(key string, _ any) bool { return !strings.HasPrefix(key, prefix) })
				out[member] = data
			}
		}
		return out
	}
	metadata, _ := out["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	for _, prefix := range []string{secrets.AnnotationPrefix, secrets.AnnotationPrefixKubeflow} {
		if annotations[prefix+"/s3-endpoint"] != nil {
			return out
		}
	}
	metadata, annotations = maps.Clone(metadata), maps.Clone(annotations)
	if annotations == nil {
		annotations = map[string]any{}
	}
	for annotation, key := range map[string]string{"s3-endpoint": "s3Endpoint", "s3-usehttps": "s3UseHttps"} {
		if text, ok := m.setting("credentials.s3." + key); ok {
			annotations[secrets.AnnotationPrefix+"/"+annotation] = text
		}
	}
	metadata["annotations"], out["metadata"] = annotations, metadata
	return out
}

// setting is a text of the values that is not empty.
func (m *migration) setting(key string) (string, bool) {
	value, _ := m.config.Values.Section(key)
	text, _ := value.(string)
	return text, text != ""
}

// lost are the keys and annotations that rclone's form has no place for.
func (c *conversion) lost() []string {
	var out []string
	for annotation := range c.old.facts.Annotations {
		if c.attached && strings.HasSuffix(annotation, "/s3-verifyssl") && c.old.facts.Annotations[annotation] == "0" {
			out = append(out, annotation)
		}
	}
	if !c.attached {
		// What no initializer reads, or says the same as the address.
		known := []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "AWS_REGION", "USE_SSL", "S3_USE_HTTPS", "S3_ENDPOINT"}
		for _, key := range c.old.facts.Keys {
			if !slices.Contains(known, key) && !strings.HasPrefix(key, "AZ_") {
				out = append(out, key)
			}
		}
	}
	slices.Sort(out)
	return out
}

// appendSecret adds a Secret to the documents of a file, in their format.
func appendSecret(text []byte, made secrets.Result) (out []byte, err error) {
	objects := made.Objects()
	out = slices.Clone(text)
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		for _, object := range objects {
			data, err := json.Marshal(object.Value)
			if err != nil {
				return nil, err
			}
			if out, err = manifest.AppendJSON(out, data, 0, false); err != nil {
				return nil, err
			}
			out = append(out, '\n')
		}
		return out, nil
	}
	format := manifest.YAML()
	for _, object := range objects {
		if !bytes.HasSuffix(out, []byte("\n---\n")) {
			out = append(out, "---\n"...)
		}
		if out, err = format.Append(out, object); err != nil {
			return nil, err
		}
	}
	return out, nil
}
