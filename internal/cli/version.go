package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/release"
)

func newVersionCommand(streams Streams) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version and the releases of Seldon Core it renders",
		Example: "  seldonctl version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := fmt.Fprintf(streams.Out, "seldonctl %s\n\nReleases of Seldon Core:\n", programVersion()); err != nil {
				return err
			}
			for _, r := range release.All() {
				mark := ""
				if r.Version == release.DefaultVersion {
					mark = " (default)"
				}
				if _, err := fmt.Fprintf(streams.Out, "  %-7s %s%s\n", r.Version, initializerName(r.Storage.Flavour), mark); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func initializerName(f release.Initializer) string {
	if f == release.RcloneInitializer {
		return "rclone storage initializer"
	}
	return "kfserving storage initializer 0.4.0"
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
