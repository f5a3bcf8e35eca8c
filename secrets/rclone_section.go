package secrets

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// RcloneSection is a remote of an rclone.conf.
type RcloneSection struct {
	Name string
	// Options are by their name in lower case, as the file has them.
	Options map[string]Sensitive
}

// ReadRcloneSection reads a section of an rclone.conf. An empty name means the
// only section there is.
func ReadRcloneSection(f File, name string) (*RcloneSection, finding.List) {
	if bytes.Contains(f.Data, []byte("RCLONE_ENCRYPT_V")) {
		return nil, finding.List{f.fault(0, "is encrypted by rclone").
			WithHint("decrypt it: `rclone config show > FILE`")}
	}
	sections, faults := parseINI(f)
	if faults.HasErrors() {
		return nil, faults
	}
	var names []string
	for _, s := range sections {
		names = append(names, s.name)
	}
	switch {
	case len(sections) == 0:
		return nil, finding.List{f.fault(0, "has no sections").WithHint("`rclone config file` prints the path of rclone's own")}
	case name == "" && len(sections) > 1:
		return nil, finding.List{f.fault(0, "has several sections: %s", quotedNames(names)).WithHint("choose one").WithOption(finding.OptionSection)}
	case name == "":
		name = names[0]
	}
	i := slices.IndexFunc(sections, func(s iniSection) bool { return s.name == name })
	if i < 0 {
		return nil, finding.List{f.fault(0, "has no section %q; it has %s", name, quotedNames(names))}
	}
	out := &RcloneSection{Name: name, Options: map[string]Sensitive{}}
	for _, e := range sections[i].entries {
		key := strings.ToLower(e.key)
		if wrong := checkRemote(key); wrong != "" || key == "" {
			faults = append(faults, f.fault(e.line, "does not begin with the name of an option"))
			continue
		}
		out.Options[key] = e.value
	}
	if out.Options["type"] == "" {
		faults = append(faults, f.fault(sections[i].line, "begins section %q, which has no type", name))
	}
	if faults.HasErrors() {
		return nil, faults
	}
	return out, nil
}

func quotedNames(names []string) string {
	const most = 10
	more := ""
	if len(names) > most {
		names, more = names[:most], ", ..."
	}
	return `"` + strings.Join(names, `", "`) + `"` + more
}

// sectionVariant takes whatever a section and the fields say.
func (p *Provider) sectionVariant() *Variant {
	v := &Variant{Summary: "a section of an rclone.conf", Reader: release.RcloneInitializer, build: (*draft).rcloneSection}
	for _, f := range p.Fields {
		if f.Option != "" {
			v.Optional = append(v.Optional, f.Name)
		}
	}
	return v
}

func (d *draft) rcloneSection() {
	options := d.request.Section.Options
	for name, value := range options {
		if name != "description" {
			d.option(strings.ToUpper(name), value.Reveal())
		}
	}
	for _, name := range d.variant.Optional {
		d.options(name)
	}
	if key := d.value("key-file"); key != "" {
		d.option("SERVICE_ACCOUNT_CREDENTIALS", oneLine(key))
		delete(d.data, remoteVariable(d.remote, "SERVICE_ACCOUNT_FILE"))
	}
	kind := options["type"].Reveal()
	if _, said := options["anonymous"]; !said && (kind == rcloneGCS || kind == "gcs") {
		d.option("ANONYMOUS", "false")
	}
	d.checkSection(kind)
}

// checkSection warns about what works on the machine that has the rclone.conf
// and not in a pod.
func (d *draft) checkSection(kind string) {
	wrappers := []string{"alias", "cache", "chunker", "combine", "compress", "crypt", "hasher", "union"}
	if slices.Contains(wrappers, kind) {
		f := d.fault(finding.CredentialSuspicious, "a remote of type %s works through other remotes, which the Secret does not have", kind)
		f.Hint = "use the section that it refers to"
	}
	for _, key := range slices.Sorted(maps.Keys(d.data)) {
		option := strings.TrimPrefix(key, remoteVariable(d.remote, ""))
		if strings.HasSuffix(option, "_FILE") && d.data[key] != "" {
			f := d.fault(finding.CredentialSuspicious, "%s names a file that the init container does not have", key)
			if f.Hint = "put the file's content into the option that takes it"; option == "SERVICE_ACCOUNT_FILE" {
				f.Hint, f.Option = "pass the file itself", finding.OptionKeyFile
			}
		}
	}
}

// oneLine returns JSON without line ends, which variables cannot have. The text
// has been checked to be JSON.
func oneLine(text string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(text)) != nil {
		return text
	}
	return b.String()
}
