package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// completeFlag offers the values of a flag in shell completion.
func completeFlag(cmd *cobra.Command, flag string, words ...string) {
	completeFlagLater(cmd, flag, func() []string { return words })
}

// completeFlagLater is for values that only a completion should have to list.
func completeFlagLater(cmd *cobra.Command, flag string, words func() []string) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic("cli: " + err.Error())
	}
}

// completeValues offers the keys of the release's values.
func completeValues(cmd *cobra.Command, f *settingsFlags, flags ...string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		rel, err := release.Lookup(cmp.Or(f.SeldonVersion, release.DefaultVersion))
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var keys []string
		for i := range rel.Values {
			keys = append(keys, rel.Values[i].Key+"=")
		}
		return keys, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	for _, flag := range flags {
		if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
			panic("cli: " + err.Error())
		}
	}
}

// disableWords are the codes that can be left out, with their titles.
func disableWords() []string {
	var words []string
	for _, d := range finding.Definitions() {
		if d.Severity != finding.Error {
			words = append(words, string(d.Code)+"\t"+d.Title)
		}
	}
	return words
}

// kubeVersions are what --kube-version is completed with: where clusters began or
// ceased to serve what is rendered.
func kubeVersions() []string {
	return []string{"current", "1.20", "1.21", "1.22", "1.23", "1.24", "1.25"}
}
