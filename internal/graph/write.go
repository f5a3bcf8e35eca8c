package graph

import (
	"fmt"
	"io"
	"strings"
)

// format writes graphs as one picture.
type format struct {
	name string
	// extension of files.
	extension string
	append    func(out []byte, graphs []*Graph, level Level) []byte
}

func formats() []format {
	return []format{
		{"text", "txt", func(out []byte, graphs []*Graph, level Level) []byte {
			for i, g := range graphs {
				if i > 0 {
					out = append(out, '\n')
				}
				out = appendText(out, g, level)
			}
			return out
		}},
		{"mermaid", "mmd", appendMermaid},
		{"dot", "dot", appendDOT},
		{"svg", "svg", appendSVG},
	}
}

// Formats returns the names that [Write] takes, the default first.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// Levels returns the names that [ParseLevel] takes, from little to all.
func Levels() []string { return []string{"graph", "pods", "network"} }

// ParseLevel returns the level of a name.
func ParseLevel(name string) (Level, error) {
	for i, level := range Levels() {
		if level == name {
			return Units + Level(i), nil
		}
	}
	return 0, fmt.Errorf("unknown level %q; use %s", name, strings.Join(Levels(), ", "))
}

// Extension returns the ending of files of a format, without dot.
func Extension(name string) (string, error) {
	f, err := lookup(name)
	return f.extension, err
}

// Write writes one picture of the graphs.
func Write(w io.Writer, name string, level Level, graphs ...*Graph) error {
	f, err := lookup(name)
	if err != nil {
		return err
	}
	_, err = w.Write(f.append(nil, graphs, level))
	return err
}

func lookup(name string) (format, error) {
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("unknown output format %q; use %s", name, strings.Join(Formats(), ", "))
}
