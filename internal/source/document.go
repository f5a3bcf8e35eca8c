package source

import (
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// Document is one object as a user wrote it. Documents may be decoded by other
// goroutines than the one that reads them; their exported fields are not to be
// changed.
type Document struct {
	// File is the name the user gave, "-" for standard input.
	File string
	// Line is the line of the file that Raw begins at, from 1.
	Line int
	// Raw is the text of the document, comments included, without separators. It
	// ends as in the file, with or without a newline.
	Raw []byte

	// APIVersion, Kind, Namespace and Name are empty when the document lacks them.
	APIVersion, Kind, Namespace, Name string

	// column is how many characters stand before Raw on its first line.
	column int
	parsed sync.Once
	// root is the top node; its lines count from the first line of nodeLine.
	root   *yaml.Node
	faults finding.List
	// parser has the memory of the nodes, if the document was parsed by itself.
	parser *plainParser
	// agreed says that Kubernetes reads the same: because of the form of the text,
	// or because all of it was read.
	agreed bool
	// nodeLine is the line of the file at which line 1 of the nodes stands.
	nodeLine   int
	nodeColumn int
}

// Object names the document in findings.
func (d *Document) Object() finding.Object {
	return finding.Object{APIVersion: d.APIVersion, Kind: d.Kind, Namespace: d.Namespace, Name: d.Name}
}

// IsSeldonDeployment reports whether the document is a SeldonDeployment of a
// version that is known.
func (d *Document) IsSeldonDeployment() bool {
	return d.Kind == seldon.Kind && slices.Contains(seldon.APIVersions(), d.APIVersion)
}

// IsServiceAccount reports whether the document is a ServiceAccount.
func (d *Document) IsServiceAccount() bool {
	return d.APIVersion == "v1" && d.Kind == "ServiceAccount"
}

// IsSecret reports whether the document is a Secret.
func (d *Document) IsSecret() bool { return d.APIVersion == "v1" && d.Kind == "Secret" }

// Check parses the document and returns what is wrong with its text, whatever
// its kind. Decoding implies it.
func (d *Document) Check() finding.List {
	d.parse()
	return slices.Clone(d.faults)
}

// Start returns the place of the document in its file.
func (d *Document) Start() finding.Position {
	return finding.Position{File: d.File, Line: d.Line, Column: d.column + 1}
}

// position returns the place of a node.
func (d *Document) position(n *yaml.Node) finding.Position {
	return d.place(n.Line, n.Column)
}

func (d *Document) place(line, column int) finding.Position {
	if line <= 0 {
		return d.Start()
	}
	if line == 1 {
		column += d.nodeColumn
	}
	return finding.Position{File: d.File, Line: d.nodeLine + line - 1, Column: max(column, 1)}
}

// seldonGroup reports whether the document claims to be of Seldon Core's group.
func (d *Document) seldonGroup() bool {
	group, _, _ := strings.Cut(d.APIVersion, "/")
	return group == seldon.Group
}
