package source

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/aliases"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/syntax"
)

const (
	// maxDepth is how deeply mappings and lists may be nested: a graph of some
	// 250 levels, which is 25 times what the custom resource definition keeps.
	maxDepth = 500
	// maxValues bounds the number of keys and values of a document, and so the
	// memory of its nodes.
	maxValues = 1 << 20
)

// nesting is the limit on depth for the parser.
type nesting struct{}

func (nesting) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errTooDeep
	}
	return nil
}

func (nesting) CheckAlias(int, int) error { return nil }

var errTooDeep = fmt.Errorf("nested more than %d levels deep", maxDepth)

// parse makes the node tree of the document, once.
func (d *Document) parse() *yaml.Node {
	return d.parseBy(func() *plainParser { return new(plainParser) })
}

// parseBy is parse with a parser that is asked for if it is needed.
func (d *Document) parseBy(parser func() *plainParser) *yaml.Node {
	d.parsed.Do(func() {
		if d.root != nil {
			return
		}
		d.nodeLine, d.nodeColumn, d.parser = d.Line, d.column, parser()
		d.root, d.faults = parseText(d, d.parser)
	})
	return d.root
}

// forget returns the parser of the document; nil if it has none. A node tree that
// the parser made goes with it, and is made again when it is asked for. Nobody
// else may use the document at the time.
func (d *Document) forget() *plainParser {
	p := d.parser
	d.parser = nil
	if p != nil && d.agreed {
		d.root, d.parsed = nil, sync.Once{}
	}
	return p
}

func parseText(d *Document, plain *plainParser) (root *yaml.Node, faults finding.List) {
	fail := func(f finding.Finding) (*yaml.Node, finding.List) {
		if f.Pos.IsZero() {
			f = f.At(d.Start())
		}
		return nil, finding.List{f.About(d.Object())}
	}
	if line, column, what := badText(d.Raw); what != "" {
		return fail(finding.New(finding.NotUTF8, nil, "the text contains %s", what).
			WithHint("save the file as plain UTF-8").At(d.place(line, column)))
	}
	if n := countValues(d.Raw); n > maxValues {
		return fail(finding.New(finding.TooLarge, nil, "the document has about %d keys and values, more than the %d that are read", n, maxValues).
			WithHint("split the document"))
	}
	if root, ok := plain.parse(d.Raw); ok {
		d.agreed = true
		return root, nil
	}
	var doc yaml.Node
	if err := loadNode(d.Raw, &doc); err != nil {
		return fail(syntaxFault(d, err))
	}
	if len(doc.Content) == 0 {
		return fail(finding.New(finding.NotAnObject, nil, "the document is empty"))
	}
	if err := aliases.Check(doc.Content[0], aliasView); err != nil {
		return fail(aliasFault(err).At(d.position(err.At)))
	}
	if f := d.disputed(doc.Content[0]); f != nil {
		return fail(*f)
	}
	return doc.Content[0], nil
}

func aliasView(n *yaml.Node) aliases.Node[yaml.Node] {
	return aliases.Node[yaml.Node]{Text: n.Value, Anchored: n.Anchor != "", Alias: n.Alias, Children: n.Content}
}

func aliasFault(err *aliases.Error[yaml.Node]) finding.Finding {
	f := finding.New(finding.TooLarge, nil, "%v", err)
	if err.Cyclic {
		return f.WithHint("write the value out")
	}
	return f.WithHint("write the values out, or split the document")
}

// loadNode parses the text. The parser reports its own faults by panicking in
// places; what escapes is a fault of the text as well.
func loadNode(text []byte, doc *yaml.Node) error {
	return printable.Guard(func() error { return yaml.Load(text, doc, yaml.WithPlugin(nesting{})) })
}

// countValues estimates the number of nodes from above, by what must stand
// before each of them.
func countValues(text []byte) int {
	if len(text) < maxValues {
		return len(text)
	}
	n := 0
	for _, sep := range []string{",", "[", "{", ": ", "- ", "? ", "&", "*", "!", "\n"} {
		n += bytes.Count(text, []byte(sep))
	}
	return n
}

// syntaxFault puts an error of the parser in words for people.
func syntaxFault(d *Document, err error) finding.Finding {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return finding.New(finding.BadSyntax, nil, "the text cannot be parsed: %v", err)
	}
	// The parser keeps the text of an error of the limit only.
	if strings.Contains(le.Message, errTooDeep.Error()) {
		return finding.New(finding.TooLarge, nil, "the document is nested more than %d levels deep", maxDepth).
			At(d.place(le.Mark.Line, le.Mark.Column))
	}
	f := syntax.Explain(d.Raw, le)
	return finding.New(finding.BadSyntax, nil, "%s", f.Says).WithHint("%s", f.Hint).At(d.place(f.Line, f.Column))
}
