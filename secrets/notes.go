package secrets

import (
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
)

// Note says which storage initializer the objects are for and how a
// SeldonDeployment uses them. It is for a result without errors.
func (r *Result) Note() finding.Finding {
	v := r.Variant
	f := finding.New(finding.CredentialReader, nil, "the Secret is for %s: %s", v.Reader, v.Reader.Releases())
	switch {
	case r.ServiceAccount != nil && r.ServiceAccount.Annotations[AnnotationAzureIdentity] != "":
		return f.WithHint("for a modelUri that begins with %s:// set envSecretRefName: %s and serviceAccountName: %s, and give the pods the label %s: \"true\" (labels of the predictor)",
			r.Remote, r.Secret.Name, r.ServiceAccount.Name, LabelAzureIdentity)
	case r.Remote != "" && r.ServiceAccount != nil:
		return f.WithHint("for a modelUri that begins with %s:// set envSecretRefName: %s and serviceAccountName: %s", r.Remote, r.Secret.Name, r.ServiceAccount.Name)
	case r.Remote != "":
		return f.WithHint("for a modelUri that begins with %s:// set envSecretRefName: %s", r.Remote, r.Secret.Name)
	case r.ServiceAccount != nil:
		return f.WithHint("set serviceAccountName: %s", r.ServiceAccount.Name)
	}
	return f.WithHint("set envSecretRefName: %s", r.Secret.Name)
}

// CheckReader warns when the Secret is not for the initializer that is used.
func (r *Result) CheckReader(used release.Initializer) finding.List {
	if r.Variant == nil || r.Variant.Reader == used {
		return nil
	}
	return finding.List{finding.New(finding.InitializerOtherSecret, nil, "the Secret is for %s (%s), but %s fetches the models here",
		r.Variant.Reader, r.Variant.Reader.Releases(), used).WithHint("make the Secret with %s", commandsFor(used))}
}

// CheckStorage warns when the Secret is not for the initializer of a release, or
// needs a later rclone than that has.
func (r *Result) CheckStorage(s release.Storage) finding.List {
	if out := r.CheckReader(s.Flavour); len(out) > 0 || r.Variant == nil || r.Variant.Type != typeAzure ||
		r.Variant.Auth != authPrincipal && r.Variant.Auth != authWorkload || s.Principals != release.PrincipalsInFile {
		return out
	}
	return finding.List{finding.New(finding.InitializerOtherRemote, nil, principalUnread, "the Secret").WithHint("make it with the key of the storage account, or a SAS URL")}
}

// Misspelt looks among variables for names that are nearly those of fields that
// are missing. The file's name is for the findings.
func Misspelt(file string, variables map[string]Sensitive, missing []Field, remote string) finding.List {
	var out finding.List
	for _, f := range missing {
		wanted := f.VariablesFor(remote)
		for _, name := range slices.Sorted(maps.Keys(variables)) {
			if slices.Contains(wanted, name) || !slices.ContainsFunc(wanted, func(w string) bool { return near(name, w) }) {
				continue
			}
			out = append(out, finding.New(finding.CredentialMisspelt, nil, "the variable %s is not used; did you mean %s?", name, wanted[0]).
				At(finding.Position{File: file}))
		}
	}
	return out
}

// near reports whether a name is likely meant to be another: other capitals, a
// word left out, or a letter or two wrong.
func near(name, wanted string) bool {
	name = strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	if name == wanted {
		return true
	}
	words, all := strings.Split(name, "_"), strings.Split(wanted, "_")
	if len(words) > 2 && strings.HasPrefix(wanted, name+"_") {
		return true
	}
	if len(words) > 1 && words[0] == all[0] && words[len(words)-1] == all[len(all)-1] &&
		!slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(all, w) }) {
		return true
	}
	const typing = 2
	return spelling.Near(name, wanted, typing)
}
