package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/secrets"
)

// secretSources are the flags that say where values come from.
type secretSources struct {
	literals map[string]*string
	files    map[string]*string

	fromEnv    bool
	envFile    string
	profile    string
	spFile     string
	rcloneConf string
	section    string
	oldSecret  string

	// fromFile are all variables of envFile.
	fromFile map[string]secrets.Sensitive
}

func (s *secretSources) add(cmd *cobra.Command, p *secrets.Provider) {
	s.literals, s.files = map[string]*string{}, map[string]*string{}
	flags := cmd.Flags()
	for _, f := range p.Fields {
		usage := f.Usage
		if f.Default != "" {
			usage += " (default " + f.Default + ")"
		}
		if f.File {
			s.files[f.Name] = flags.String(f.Name, "", usage+": its path, or - for standard input")
			continue
		}
		if f.Sensitive {
			s.files[f.Name] = flags.String(f.Name+"-file", "", "file with the "+f.Usage+", or - for standard input")
			usage += "; safer as a file, in the environment or at the prompt"
		}
		s.literals[f.Name] = flags.String(f.Name, "", usage)
	}
	flags.BoolVar(&s.fromEnv, "from-env", false, "take values from the environment, by the names of the variables")
	flags.StringVar(&s.envFile, "from-env-file", "", "take values from a file of NAME=VALUE lines, read as kubectl does")
	if p.CanImport(secrets.AWSProfile) {
		flags.StringVar(&s.profile, "profile", "", "take keys and region from a profile of the AWS tools")
	}
	if p.CanImport(secrets.ServicePrincipal) {
		flags.StringVar(&s.spFile, "from-sp-file", "", "take values from the JSON that the Azure CLI prints for a service principal")
	}
	if p.CanImport(secrets.OldSecret) {
		flags.StringVar(&s.oldSecret, "from-secret", "", "take values from the manifest of a Secret for the kfserving storage initializer")
	}
	if p.CanImport(secrets.RcloneConf) {
		flags.StringVar(&s.rcloneConf, "from-rclone-conf", "", "take all options from a section of an rclone.conf")
		flags.StringVar(&s.section, "section", "", "section of the rclone.conf (default the only one)")
	}
}

// validate sees to it that values have one source and standard input one
// reader. The others are names of files that other flags give.
func (s *secretSources) validate(others ...[]string) error {
	names := append([]string{s.envFile, s.spFile, s.rcloneConf, s.oldSecret}, slices.Concat(others...)...)
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		literal := s.literals[name]
		if literal != nil && *literal != "" && *s.files[name] != "" {
			return usageErrorf("--%s and --%s-file cannot be used together", name, name)
		}
		if literal != nil {
			names = append(names, *literal)
		}
		names = append(names, *s.files[name])
	}
	if countStdin(names) > 1 {
		return usageErrorf("only one flag can read standard input (-)")
	}
	return nil
}

// readsStdin reports whether standard input is taken.
func (s *secretSources) readsStdin() bool {
	for _, flags := range []map[string]*string{s.literals, s.files} {
		for _, name := range flags {
			if *name == "-" {
				return true
			}
		}
	}
	return s.envFile == "-" || s.spFile == "-" || s.rcloneConf == "-" || s.oldSecret == "-"
}

// secretFile reads a file. The error says why it cannot be read, and not its
// name: a secret given where a name belongs must not be seen.
func (o *secretOptions) secretFile(name string) ([]byte, error) {
	data, err := o.streams.readFile(name, maxCredentialFile)
	return data, printable.Reason(err)
}

// flagFile reads the file that a flag names.
func (o *secretOptions) flagFile(flag, name string) (secrets.File, error) {
	data, err := o.secretFile(name)
	if err != nil {
		return secrets.File{}, fmt.Errorf("--%s: cannot read the file: %w", flag, err)
	}
	if name == "-" {
		name = "standard input"
	}
	return secrets.File{Name: name, Data: data}, nil
}

// awsFiles reads the two files of the AWS tools; those that are absent are
// empty.
func (o *secretOptions) awsFiles() (credentials, config secrets.File, err error) {
	home, _ := o.env("HOME")
	if home == "" {
		home, _ = o.env("USERPROFILE")
	}
	read := func(variable, name string) (secrets.File, error) {
		path, _ := o.env(variable)
		if rest, ok := strings.CutPrefix(path, "~/"); ok {
			path = filepath.Join(home, rest)
		}
		if path == "" {
			path = filepath.Join(home, ".aws", name)
		}
		data, err := o.secretFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return secrets.File{}, fmt.Errorf("%s: %w", path, err)
		}
		return secrets.File{Name: path, Data: data}, nil
	}
	credentials, first := read("AWS_SHARED_CREDENTIALS_FILE", "credentials")
	config, second := read("AWS_CONFIG_FILE", "config")
	return credentials, config, errors.Join(first, second)
}

// awsProfiles are the profiles that --profile is completed with; none where the run
// may not read them.
func (o *secretOptions) awsProfiles(cmd *cobra.Command) []string {
	if err := cmd.Root().PersistentPreRunE(cmd, nil); err != nil {
		return nil
	}
	credentials, config, err := o.awsFiles()
	if err != nil {
		return nil
	}
	return secrets.AWSProfiles(credentials, config)
}

// secretOnArgs warns about a secret in the command line.
func secretOnArgs(field string) finding.Finding {
	return finding.New(finding.CredentialOnArgs, nil, "--%s is a secret in the command line: the shell keeps it in its history, and others see it in the list of processes", field).
		WithHint("use --%s-file FILE, or - for standard input", field)
}
