package cli

import (
	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/source"
)

// imageFlags say where images are pulled from.
type imageFlags struct {
	mirrors []string
	lock    string
	// read is the file that was read.
	read []settingsFile
}

func (f *imageFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.mirrors, "mirror", nil, "pull from a mirror: FROM=TO, e.g. docker.io=registry.example.org/hub; repeatable, the longest FROM wins")
	flags.StringVar(&f.lock, "image-lock", "", "file that maps images to digests, which are added to their names (seldonctl images -o lock writes one)")
}

// load reads what the flags name; what is wrong with a lock is added to the
// report.
func (f *imageFlags) load(report *report) (images.Rewriter, error) {
	mirrors, err := images.ParseMirrors(f.mirrors)
	if err != nil {
		return images.Rewriter{}, usageErrorf("--mirror: %w", err)
	}
	rewriter := images.Rewriter{Mirrors: mirrors}
	switch f.lock {
	case "":
		return rewriter, nil
	case "-":
		return rewriter, usageErrorf("--image-lock takes a file, not standard input")
	}
	data, err := report.streams.files.Read(f.lock, maxSettingsFile)
	if err != nil {
		report.add(finding.List{source.Unreadable(f.lock, err)})
		return rewriter, nil
	}
	f.read = append(f.read, settingsFile{f.lock, data})
	var findings finding.List
	rewriter.Lock, findings = images.ReadLock(f.lock, data)
	report.add(findings)
	return rewriter, nil
}
