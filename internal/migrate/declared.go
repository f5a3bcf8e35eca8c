package migrate

import (
	"cmp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

// readDeclared reads the credentials that the values declare. What is wrong with
// them is for a render to say.
func (m *migration) readDeclared() {
	section, _ := m.config.Values.Section("seldonctl.credentials")
	all, _ := secrets.ReadDeclarations(section, field.NewPath("seldonctl", "credentials"), m.config.Values)
	for _, d := range all {
		if !d.Faulty {
			m.declared = append(m.declared, d)
		}
	}
}

// declaredAs returns the declared Secret of a name, or nil.
func (m *migration) declaredAs(name, namespace string) *secrets.Declaration {
	i := slices.IndexFunc(m.declared, func(d secrets.Declaration) bool {
		return d.Provider != nil && d.Request.Name == name && (d.Request.Namespace == "" || d.Request.Namespace == namespace)
	})
	if i < 0 || name == "" {
		return nil
	}
	return &m.declared[i]
}

// isForRclone reports whether a declared Secret configures remotes of rclone.
func isForRclone(d *secrets.Declaration) bool {
	return d != nil && d.Provider.Variants[0].Reader == release.RcloneInitializer
}

// declaration returns the declared Secret that a model is fetched with from a
// place, through its environment or its ServiceAccount; nil for none.
func (m *migration) declaration(model model, secret, scheme string) *secrets.Declaration {
	fits := func(d *secrets.Declaration) bool {
		return d != nil && !isForRclone(d) && slices.ContainsFunc(d.Provider.URIs, func(uri string) bool { return strings.HasPrefix(uri, scheme+"://") })
	}
	if d := m.declaredAs(secret, model.namespace); fits(d) {
		return d
	}
	for i := range m.declared {
		d := &m.declared[i]
		if d.Request.Namespace != "" && d.Request.Namespace != model.namespace {
			continue
		}
		if d.Provider == nil {
			for _, name := range d.Secrets {
				if attached := m.declaredAs(name, model.namespace); d.Request.Name == model.account && fits(attached) {
					return attached
				}
			}
			continue
		}
		v, err := d.Provider.Variant(d.Request.Choice)
		if err == nil && v.ServiceAccount && cmp.Or(d.Request.ServiceAccount, d.Request.Name) == model.account && fits(d) {
			return d
		}
	}
	return nil
}

// declare names the declared Secret for rclone that stands beside one for
// kfserving's initializer, or says how it is to be declared: the values may hold
// secrets, and are not edited.
func (m *migration) declare(d *secrets.Declaration, want conversion, model model) (uri, secret string, findings finding.List) {
	name := d.Request.Name + "-rclone"
	if want.account != "" {
		name += "-" + want.account
	}
	if isForRclone(m.declaredAs(name, model.namespace)) {
		done := finding.New(finding.Migrated, model.path, "the model is fetched with Secret %q, which the values declare in place of %q", name, d.Request.Name)
		if want.uri != *model.uri {
			done.Hint = "its modelUri is " + want.uri
		}
		return want.uri, name, finding.List{done}
	}
	next := d.Provider.Successor
	entry := []string{"name: " + name, "provider: " + secrets.ProvidersFor(m.config.Release.Storage.Flavour)[0], "type: " + next.Type}
	if next.Auth != "" {
		entry = append(entry, "auth: "+next.Auth)
	}
	rest := "the same from and fields"
	if want.account != "" {
		rest += ", account: " + want.account + " and no subscription-id"
	}
	return *model.uri, "", finding.List{finding.New(finding.MigrationStays, model.path,
		"the values declare Secret %q, which is for kfserving's initializer", d.Request.Name).
		WithHint("declare another beside it, {%s}, with %s, and migrate again", strings.Join(entry, ", "), rest)}
}
