package images

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

// Lock holds the digests of images by their full names. A nil Lock locks
// nothing.
type Lock struct {
	file    string
	digests map[string]string
}

// isDigest reports whether a text is what registries call the content of an
// image.
func isDigest(s string) bool {
	algorithm, sum, _ := strings.Cut(s, ":")
	digits := map[string]int{"sha256": 64, "sha512": 128}[algorithm]
	_, err := hex.DecodeString(sum)
	return err == nil && digits > 0 && len(sum) == digits && strings.ToLower(sum) == sum
}

// ReadLock reads a map of images to digests, in YAML or JSON; a digest may be
// empty, for a tool to fill in. The findings say what is wrong with it; then
// there is no lock.
func ReadLock(file string, data []byte) (*Lock, finding.List) {
	lock := &Lock{file: file, digests: map[string]string{}}
	top, fault := readMap(file, data)
	if fault != nil {
		return nil, finding.List{*fault}
	}
	var findings finding.List
	for i := 0; i+1 < len(top); i += 2 {
		image, value := top[i], top[i+1]
		name := FullName(image.Value)
		report := func(hint, format string, args ...any) {
			f := finding.New(finding.LockUnreadable, nil, format, args...).
				At(finding.Position{File: file, Line: value.Line, Column: value.Column})
			f.Hint = hint
			findings = append(findings, f)
		}
		switch known := lock.digests[name]; {
		case value.Kind != yaml.ScalarNode || value.Value != "" && !isDigest(value.Value):
			report("write sha256: and 64 hexadecimal digits, or nothing", "%s: not a digest", image.Value)
		case known != "" && value.Value != "" && known != value.Value:
			report("", "%s: a second digest for the same image", image.Value)
		case known == "":
			lock.digests[name] = value.Value
		}
	}
	if len(findings) > 0 {
		return nil, findings
	}
	return lock, nil
}

// readMap returns keys and values of the map that a file holds in turn, or what
// is wrong with it.
func readMap(file string, data []byte) ([]*yaml.Node, *finding.Finding) {
	at := finding.Position{File: file}
	fail := func(message string) ([]*yaml.Node, *finding.Finding) {
		f := finding.New(finding.LockUnreadable, nil, "%s", message).At(at).WithHint("write it with `seldonctl images -o lock`")
		return nil, &f
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return fail("the image lock is not valid YAML")
	}
	var doc, second yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		if fault, ok := errors.AsType[*yaml.LoadError](err); ok {
			at.Line, at.Column = fault.Mark.Line, fault.Mark.Column
		}
		return fail("the image lock is not valid YAML")
	}
	if !errors.Is(loader.Load(&second), io.EOF) {
		return fail("the image lock must be a single document")
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil, nil
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		return fail("the image lock must map images to digests")
	}
	return doc.Content[0].Content, nil
}

// apply returns an image with the digest that is locked for it under its name.
// An image with a digest of its own keeps that. It reports whether the image has
// a digest now, which without a lock counts as true.
func (l *Lock) apply(image, name string) (locked string, ok bool) {
	if l == nil || digestOf(image) != "" {
		return image, true
	}
	if d := l.digests[FullName(name)]; d != "" {
		return image + "@" + d, true
	}
	return image, false
}

// Write writes a lock for these images, which keeps the digests that are known.
// Images with a digest of their own need none.
func (l *Lock) Write(w io.Writer, images []string) error {
	names := slices.Clone(images)
	slices.Sort(names)
	var out strings.Builder
	out.WriteString("# Written by seldonctl images -o lock: fill in the digests and pass the file to --image-lock.\n")
	empty := out.Len()
	for _, image := range slices.Compact(names) {
		if digestOf(image) != "" {
			continue
		}
		known := ""
		if l != nil {
			known = l.digests[FullName(image)]
		}
		fmt.Fprintf(&out, "%q: %q\n", image, known)
	}
	if out.Len() == empty {
		out.WriteString("{}\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}
