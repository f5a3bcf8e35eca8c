package cli

import (
	"fmt"
	"strings"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

// secretReaders says which providers are for which releases.
func secretReaders() string {
	var b strings.Builder
	for _, reader := range []release.Initializer{release.KFServingInitializer, release.RcloneInitializer} {
		fmt.Fprintf(&b, "  %-27s %s\n", reader.Releases()+":", strings.Join(secrets.ProvidersFor(reader), ", "))
	}
	return b.String()
}

// secretHelp is the long help of a provider: its variants and its variables.
func secretHelp(p *secrets.Provider) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Make a Secret for %s.\n\nForms of the Secret:\n", p.Title)
	for i := range p.Variants {
		v := &p.Variants[i]
		fmt.Fprintf(&b, "  %-40s %s\n", secretChoice(v), v.Summary)
	}
	b.WriteString("\nVariables that --from-env and --from-env-file look at:\n")
	for _, f := range p.Fields {
		if names := f.VariablesFor("<REMOTE>"); len(names) > 0 {
			fmt.Fprintf(&b, "  %-24s %s\n", f.Name, strings.Join(names, ", else "))
		}
	}
	fmt.Fprintf(&b, "\nThe Secret is for %s: %s.", p.Variants[0].Reader, p.Variants[0].Reader.Releases())
	return b.String()
}

// secretChoice returns the flags that lead to a variant.
func secretChoice(v *secrets.Variant) string {
	var flags []string
	for _, c := range [][2]string{{"type", v.Type}, {"form", v.Form}, {"auth", v.Auth}} {
		if c[1] != "" {
			flags = append(flags, "--"+c[0]+" "+c[1])
		}
	}
	return strings.Join(flags, " ")
}
