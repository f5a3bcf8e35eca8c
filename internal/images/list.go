package images

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// List is the images of a run, each with its source once for all that use it.
type List struct {
	entries []*entry
	known   map[key]*entry
}

type entry struct {
	key
	// original is the name before it was rewritten.
	original string
	license  string
	uses     []Use
}

type key struct {
	image  string
	source Source
}

// Add adds images.
func (l *List) Add(uses []Use) {
	if l.known == nil {
		l.known = map[key]*entry{}
	}
	for _, use := range uses {
		k := key{use.Image, use.Source}
		e := l.known[k]
		if e == nil {
			e = &entry{key: k, original: use.Image, license: use.License}
			l.known[k] = e
			l.entries = append(l.entries, e)
		}
		e.uses = append(e.uses, use)
	}
}

// Rewrite gives the images the names that they have in the output. Those that
// are passed through keep theirs.
func (l *List) Rewrite(r Rewriter) finding.List {
	var findings finding.List
	for _, e := range l.sorted() {
		if e.source.Kind == Document {
			continue
		}
		var f finding.List
		e.image, f = r.rename(e.original)
		findings = append(findings, f...)
	}
	return findings
}

// Licenses returns the licences of Seldon Core's own images, sorted.
func (l *List) Licenses() []string {
	var out []string
	for _, e := range l.entries {
		if e.license != "" {
			out = append(out, e.license)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Names returns the names of the images, sorted, each once.
func (l *List) Names() []string {
	var names []string
	for _, e := range l.entries {
		names = append(names, e.image)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (l *List) sorted() []*entry {
	return slices.SortedStableFunc(slices.Values(l.entries), func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.image, b.image), cmp.Compare(a.source.Kind, b.source.Kind), cmp.Compare(a.source.Key, b.source.Key))
	})
}

// WriteLines writes an image a line.
func (l *List) WriteLines(w io.Writer) error {
	var out strings.Builder
	for _, name := range l.Names() {
		out.WriteString(printable.Line(name) + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// WriteTable writes the images as a table for people.
func (l *List) WriteTable(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "IMAGE\tLICENSE\tSOURCE\tUSED BY")
	for _, e := range l.sorted() {
		license := e.license
		if license == "" {
			license = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", printable.Line(e.image), license, printable.Text(e.source.String()), printable.Text(e.usedBy()))
	}
	return table.Flush()
}

// String says where an image's name comes from in a few words.
func (s Source) String() string {
	switch {
	case s.Kind == Document:
		return s.Pos.String()
	case s.Kind == Input && s.Pos.IsZero():
		return s.Key
	case s.Kind == Input:
		return s.Pos.String()
	case s.Key == "":
		return "the operator's own default"
	case s.Kind == Default:
		return s.Key + " (default)"
	}
	return s.Key + " (" + s.Pos.String() + ")"
}

// usedBy names the first container that uses the image and counts the rest.
func (e *entry) usedBy() string {
	first := e.uses[0]
	text := first.Object.Kind + "/" + first.Object.Name
	if first.Container != "" {
		text += " " + first.Container
	}
	if more := len(e.uses) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// The JSON of a list, for programs.
type (
	jsonImage struct {
		Image string `json:"image"`
		// Original is the name before --mirror and --image-lock changed it.
		Original string     `json:"original,omitempty"`
		License  string     `json:"license,omitempty"`
		Source   jsonSource `json:"source"`
		UsedBy   []jsonUse  `json:"usedBy"`
	}
	jsonSource struct {
		Kind Kind   `json:"kind"`
		Key  string `json:"key,omitempty"`
		At   string `json:"at,omitempty"`
	}
	jsonUse struct {
		Kind      string `json:"kind"`
		Namespace string `json:"namespace,omitempty"`
		Name      string `json:"name"`
		Container string `json:"container,omitempty"`
		Field     string `json:"field"`
	}
)

// WriteJSON writes the images with all that uses them as a list.
func (l *List) WriteJSON(w io.Writer) error {
	list := []jsonImage{}
	for _, e := range l.sorted() {
		item := jsonImage{Image: e.image, License: e.license, Source: jsonSource{e.source.Kind, e.source.Key, e.source.Pos.String()}}
		if e.original != e.image {
			item.Original = e.original
		}
		for _, use := range e.uses {
			item.UsedBy = append(item.UsedBy, jsonUse{use.Object.Kind, use.Object.Namespace, use.Object.Name, use.Container, use.Path})
		}
		list = append(list, item)
	}
	return printable.JSON(w, list)
}
