package cli

import (
	"bytes"
	"errors"
	"path/filepath"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/internal/record"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
)

// kustomizationName is the file that kustomize looks for.
const kustomizationName = "kustomization.yaml"

// folderFlags ask for files beside those of the objects.
type folderFlags struct {
	record        bool
	kustomization bool
	flags         *pflag.FlagSet
}

func (f *folderFlags) add(cmd *cobra.Command) {
	f.flags = cmd.Flags()
	f.flags.BoolVar(&f.record, "record", false, "with --output-dir, write "+record.Name+": what the folder was rendered from, so that --check can name the input that changed")
	f.flags.BoolVar(&f.kustomization, "kustomization", false, "with --output-dir, write "+kustomizationName+", which lists the files of the folder")
}

func (f *folderFlags) validate(o *renderOptions) error {
	if f.record && o.keepGoing {
		return usageErrorf("--record and --keep-going cannot be used together: the record would name inputs that were not rendered")
	}
	if o.outputDir != "" || o.check.dir != "" {
		return nil
	}
	switch {
	case f.record:
		return usageErrorf("--record requires --output-dir")
	case f.kustomization:
		return usageErrorf("--kustomization requires --output-dir")
	}
	return nil
}

// noEffect are flags that do not decide on what a folder holds, so that a check
// has the same record as the run before it.
var noEffect = []string{"output-dir", "check", "prune", "record", "kustomization", "allow-empty", "keep-going",
	"disable", "strict", "no-ignore", "quiet", "verbose", "color", "confine"}

// pathFlags name files, which are recorded with slashes.
var pathFlags = []string{"filename", "values", "operator", "image-lock", "platform"}

// command returns the arguments of this run that decide on what is rendered, in
// alphabetical order of their flags.
func (f *folderFlags) command() []string {
	args := []string{"render"}
	f.flags.Visit(func(flag *pflag.Flag) {
		if slices.Contains(noEffect, flag.Name) {
			return
		}
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			if slices.Contains(pathFlags, flag.Name) {
				value = filepath.ToSlash(value)
			}
			args = append(args, "--"+flag.Name+"="+value)
		}
	})
	return args
}

// complete prepares the files that are about the others. It returns what has
// changed since the folder was rendered, if that is to be compared with.
func (o *renderOptions) complete(dir *output.Dir, r *run.Run, in *source.Inputs) (finding.List, error) {
	comparing := o.check.dir != ""
	var earlier []byte
	if comparing {
		// What is there is to be current, whether or not the flag is repeated.
		index, err := dir.Existing(kustomizationName)
		if err != nil {
			return nil, err
		}
		if earlier, err = dir.Existing(record.Name); err != nil {
			return nil, err
		}
		o.folder.kustomization = o.folder.kustomization || index != nil
		o.folder.record = o.folder.record || earlier != nil
	}
	if o.folder.kustomization {
		if err := addKustomization(dir); err != nil {
			return nil, err
		}
	}
	if !o.folder.record {
		return nil, nil
	}
	now, err := o.newRecord(dir, r, in)
	if err != nil {
		return nil, err
	}
	text, err := now.Encode()
	if err != nil {
		return nil, err
	}
	if err := dir.AddExtra(record.Name, text); err != nil || earlier == nil {
		return nil, err
	}
	then, err := record.Decode(earlier)
	if err != nil {
		return finding.List{finding.New(finding.RecordInvalid, nil, "%v", err).
			At(finding.Position{File: filepath.Join(o.check.dir, record.Name)})}, nil
	}
	return record.Changed(o.check.dir, then, now), nil
}

// addKustomization prepares a kustomization of the files that were prepared.
func addKustomization(dir *output.Dir) error {
	names, err := dir.Names()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:")
	if len(names) == 0 {
		text.WriteString(" []")
	}
	text.WriteByte('\n')
	for _, name := range names {
		text.WriteString("- " + name + "\n")
	}
	return dir.AddExtra(kustomizationName, text.Bytes())
}

func (o *renderOptions) newRecord(dir *output.Dir, r *run.Run, in *source.Inputs) (*record.Record, error) {
	names, err := dir.Names()
	if err != nil {
		return nil, err
	}
	now := &record.Record{
		Program: "unknown", Release: r.Release().Version, Command: o.folder.command(), Files: names,
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		now.Program = info.Main.Version
	}
	for _, f := range o.settings.read {
		file, err := record.NewFile(f.name, bytes.NewReader(f.data))
		if err != nil {
			return nil, err
		}
		now.Settings = append(now.Settings, file)
	}
	for name, content := range in.Contents() {
		file, err := record.NewFile(name, content)
		if err != nil {
			return nil, errors.Join(errors.New("cannot read "+name+" again"), err)
		}
		now.Inputs = append(now.Inputs, file)
	}
	return now, nil
}
