package cli

import (
	"fmt"
	"io"
	"runtime/debug"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/release"
)

func newVersionCommand(streams Streams) *cobra.Command {
	var list bool
	var format string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version, and the releases of Seldon Core it renders",
		Example: `  seldonctl version
  seldonctl version --releases`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case format == "json":
				return printable.JSON(streams.Out, describeVersion())
			case list:
				return listReleases(streams.Out)
			}
			versions := release.Versions()
			_, err := fmt.Fprintf(streams.Out, "seldonctl %s\nSeldon Core %s to %s, default %s\n",
				programVersion(), versions[0], versions[len(versions)-1], release.DefaultVersion)
			return err
		},
	}
	cmd.Flags().BoolVar(&list, "releases", false, "list the releases of Seldon Core: licence of their images, storage initializer, Kubernetes types")
	addChoice(cmd, &format, "format", "o", "text", "output format: text, or json with all releases", "text", "json")
	return cmd
}

// versionReport is what version writes as JSON.
type versionReport struct {
	Version  string           `json:"version"`
	Default  string           `json:"defaultSeldonVersion"`
	Releases []versionRelease `json:"releases"`
}

type versionRelease struct {
	SeldonVersion string `json:"seldonVersion"`
	License       string `json:"license"`
	Initializer   string `json:"storageInitializer"`
	KubernetesAPI string `json:"kubernetesAPI"`
}

func describeVersion() versionReport {
	r := versionReport{Version: programVersion(), Default: release.DefaultVersion}
	for _, rel := range release.All() {
		r.Releases = append(r.Releases, versionRelease{rel.Version, rel.License, rel.Storage.Flavour.Name(), rel.KubernetesAPI})
	}
	return r
}

// listReleases prints a line for each release, oldest first.
func listReleases(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "RELEASE\tLICENCE\tINITIALIZER\tKUBERNETES")
	for _, r := range release.All() {
		line := fmt.Sprintf("%s\t%s\t%s\t%s", r.Version, r.License, r.Storage.Flavour.Name(), r.KubernetesAPI)
		if r.Version == release.DefaultVersion {
			line += "\tdefault"
		}
		fmt.Fprintln(t, line)
	}
	return t.Flush()
}

// programVersion is the module version or the commit that was built.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			version += " " + s.Value
		}
	}
	return version
}
