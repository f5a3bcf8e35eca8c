package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/internal/source"
)

// platformFlags name the files with a platform's rules.
type platformFlags struct {
	files []string
	// read are the files that were read.
	read []settingsFile
}

func (f *platformFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.files, "platform", nil, "file with rules of a platform (SeldonPlatform) for what is rendered; repeatable, later rules win")
}

// load reads the files; what is wrong with them is added to the report. Without
// files there is no platform.
func (f *platformFlags) load(report *report) (*platform.Platform, error) {
	if slices.Contains(f.files, "-") {
		return nil, usageErrorf("--platform takes a file, not standard input")
	}
	if len(f.files) == 0 {
		return nil, nil
	}
	p := &platform.Platform{}
	for _, name := range f.files {
		data, err := report.streams.files.Read(name, maxSettingsFile)
		if err != nil {
			report.add(finding.List{source.Unreadable(name, err)})
			continue
		}
		f.read = append(f.read, settingsFile{name, data})
		report.add(p.Read(name, data))
	}
	return p, nil
}
