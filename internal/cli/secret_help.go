package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
		writeRow(&b, secretChoice(&p.Variants[i]), p.Variants[i].Summary)
	}
	b.WriteString("\nVariables that --from-env and --from-env-file look at:\n")
	for _, f := range p.Fields {
		if names := f.VariablesFor("<REMOTE>"); len(names) > 0 {
			writeRow(&b, f.Name, strings.Join(names, ", else "))
		}
	}
	fmt.Fprintf(&b, "\nThe Secret is for %s: %s.", p.Variants[0].Reader, p.Variants[0].Reader.Releases())
	return b.String()
}

// writeRow writes a row of a table of two columns.
func writeRow(b *strings.Builder, left, right string) {
	const column = 24
	if len(left) > column {
		left += "\n" + strings.Repeat(" ", column+2)
	}
	fmt.Fprintf(b, "  %-*s %s\n", column, left, wrapText(right, column+3))
}

// wrapText breaks a text at spaces, for lines that begin after so many columns.
func wrapText(text string, indent int) string {
	var b strings.Builder
	at := indent
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case at+1+len(word) > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}

// printBriefSecretHelp is what --help says: a screen. The command help has the rest.
func printBriefSecretHelp(cmd *cobra.Command, p *secrets.Provider) {
	var b strings.Builder
	examples := strings.Split(p.Example, "\n\n")
	fmt.Fprintf(&b, "Make a Secret for %s.\n\nUsage:\n  %s\n\nExamples:\n%s\n", p.Title, cmd.UseLine(), strings.Join(examples[:min(2, len(examples))], "\n\n"))
	b.WriteString("\nForms of the Secret, the default first:\n")
	for _, kind := range append(p.Types(), p.Forms()...) {
		var auths []string
		flag := "--type "
		for i := range p.Variants {
			if v := &p.Variants[i]; v.Type == kind || v.Form == kind {
				auths = append(auths, v.Auth)
				if v.Form == kind {
					flag = "--form "
				}
			}
		}
		writeRow(&b, flag+kind, "--auth "+strings.Join(auths, " | "))
	}
	if len(p.Types())+len(p.Forms()) == 0 {
		writeRow(&b, "--auth "+strings.Join(p.Auths(), " | "), p.Variants[0].Summary)
	}
	b.WriteString("\nValues (a secret is better given with --NAME-file FILE, or at the prompt):\n")
	var fields []string
	for _, f := range p.Fields {
		fields = append(fields, "--"+f.Name)
	}
	fmt.Fprintf(&b, "  %s\n", wrapText(strings.Join(fields, " "), 2))
	var sources []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if strings.HasPrefix(f.Name, "from-") || f.Name == "profile" {
			sources = append(sources, "--"+f.Name)
		}
	})
	fmt.Fprintf(&b, "\nWhere they come from instead:\n  %s\n", wrapText(strings.Join(sources, " "), 2))
	b.WriteString("\nWhat is written:\n")
	for _, name := range []string{"namespace", "for-uri", "as", "format", "output"} {
		if f := cmd.Flags().Lookup(name); f != nil {
			left := "--" + name
			if f.Shorthand != "" {
				left = "-" + f.Shorthand + ", " + left
			}
			usage, _, _ := strings.Cut(f.Usage, " (")
			writeRow(&b, left, usage)
		}
	}
	fmt.Fprintf(&b, "\nAll flags, and the variables of the environment: seldonctl help secret %s\n", p.Name)
	cmd.Print(b.String())
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
