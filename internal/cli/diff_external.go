package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/compare"
)

// externalDiffVariable names a program that shows differences, with arguments.
const externalDiffVariable = "KUBECTL_EXTERNAL_DIFF"

// externalDiff has another program show the differences, as kubectl diff does: it
// is called once, with two folders that have a file for each object.
type externalDiff struct {
	command []string
	streams Streams
	objects []externalObject
}

// externalObject is an object as the program shall see it.
type externalObject struct {
	name     string
	from, to []byte
}

// newExternalDiff reads the command as kubectl does, which leaves arguments out
// that a shell might take for something else.
func newExternalDiff(command string, streams Streams) (*externalDiff, error) {
	words := strings.Fields(command)
	if len(words) == 0 {
		return nil, usageErrorf("$%s names no program", externalDiffVariable)
	}
	plain := regexp.MustCompile(`^[a-zA-Z0-9-=]+$`)
	e := &externalDiff{command: words[:1], streams: streams}
	for _, argument := range words[1:] {
		if plain.MatchString(argument) {
			e.command = append(e.command, argument)
		}
	}
	return e, nil
}

// The folders, by the names that kubectl gives them.
const (
	externalFrom = "LIVE"
	externalTo   = "MERGED"
)

func (e *externalDiff) object(d *compare.Difference) error {
	if d.Differs() {
		e.objects = append(e.objects, externalObject{externalName(d), d.FromText, d.ToText})
	}
	return nil
}

// externalName is the name of an object's file, of characters that mean nothing to
// a file system.
func externalName(d *compare.Difference) string {
	const longest = 200
	name := []byte(d.To.Kind)
	for _, part := range []string{d.To.Group, d.To.Namespace, d.To.Name} {
		if part != "" {
			name = append(append(name, '.'), part...)
		}
	}
	for i, c := range name {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !letter && (c != '.' || i == 0) && c != '-' {
			name[i] = '_'
		}
	}
	return string(name[:min(len(name), longest)])
}

func (e *externalDiff) end(ctx context.Context, _ *compare.Summary) (err error) {
	if len(e.objects) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp("", "seldonctl-diff-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	from, to := filepath.Join(dir, externalFrom), filepath.Join(dir, externalTo)
	if err := errors.Join(os.Mkdir(from, 0o700), os.Mkdir(to, 0o700)); err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, o := range e.objects {
		// Two names may have become one.
		if taken[o.name] {
			o.name += fmt.Sprint(".", i)
		}
		taken[o.name] = true
		for side, text := range map[string][]byte{from: o.from, to: o.to} {
			if text == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(side, o.name), text, 0o600); err != nil {
				return err
			}
		}
	}
	cmd := exec.CommandContext(ctx, e.command[0], slices.Concat(e.command[1:], []string{from, to})...)
	cmd.Stdout, cmd.Stderr = e.streams.Out, e.streams.Err
	err = cmd.Run()
	// Programs that compare end with 1 when there are differences.
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == exitDiffers {
		return nil
	}
	if err != nil {
		return fmt.Errorf("$%s: %w", externalDiffVariable, err)
	}
	return nil
}
