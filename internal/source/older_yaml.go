package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	yamlv2 "go.yaml.in/yaml/v2"
	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/syntax"
)

// Kubernetes reads YAML with an older library than this program. What only one of
// them takes, or what they read in two ways, is refused.

// Verify parses the document and returns everything that keeps Kubernetes from
// reading it, whatever its kind. Documents that are passed through need it; of
// others it is part of decoding.
func (d *Document) Verify() finding.List {
	if d.parse(); d.agreed || len(d.faults) > 0 {
		return d.Check()
	}
	_, faults := d.JSON()
	return slices.DeleteFunc(faults, func(f finding.Finding) bool { return f.Severity != finding.Error })
}

// onlySyntax takes any value, without a look at it.
type onlySyntax struct{}

func (onlySyntax) UnmarshalYAML(func(any) error) error { return nil }

// disputed returns what the libraries disagree on of a text that the newer one
// takes. They differ in tags, tabs, long keys and names of anchors, and between brackets in
// colons and question marks.
func (d *Document) disputed(root *yaml.Node) *finding.Finding {
	if json.Valid(d.Raw) {
		return nil
	}
	if bytes.IndexByte(d.Raw, '!') >= 0 || bytes.Contains(d.Raw, []byte("\n\t")) || hasLongLine(d.Raw) {
		if err := yamlv2.Unmarshal(d.Raw, new(onlySyntax)); err != nil {
			return d.refused(err)
		}
	}
	if bytes.ContainsAny(d.Raw, "&*?!") || hasGluedColon(d.Raw) {
		return d.disputedNode(root, newOffsets(d.Raw))
	}
	return nil
}

func (d *Document) refused(err error) *finding.Finding {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if at, rest, ok := strings.Cut(message, ": "); ok && strings.HasPrefix(at, "line ") {
		if n, err := strconv.Atoi(at[len("line "):]); err == nil {
			message, line = rest, n
		}
	}
	says, hint, _ := syntax.Words(message, "")
	if says == message {
		says, hint = "Kubernetes cannot read this: "+message, "put a space behind a tag, and quote a value that begins with !"
	}
	f := finding.New(finding.BadSyntax, nil, "%s", says).WithHint("%s", hint).At(d.place(line, 1))
	return &f
}

// hasLongLine reports whether a key may be longer than the older library takes.
func hasLongLine(text []byte) bool {
	for line := range bytes.Lines(text) {
		if len(line) > 1024 {
			return true
		}
	}
	return false
}

// hasGluedColon reports whether a colon is followed by a bracket or comma, and is
// not behind a key in quotes, or seems to begin a text.
func hasGluedColon(text []byte) bool {
	for i, c := range text {
		if c != ':' || i == 0 || i+1 == len(text) {
			continue
		}
		before, after := text[i-1], text[i+1]
		if isFlowIndicator(after) && before != '"' || (isFlowIndicator(before) || before == ' ') && after > ' ' {
			return true
		}
	}
	return false
}

func isFlowIndicator(c byte) bool { return strings.IndexByte(",[]{}", c) >= 0 }

func (d *Document) disputedNode(n *yaml.Node, offset *offsets) *finding.Finding {
	fault := func(at *yaml.Node, hint, message string, args ...any) *finding.Finding {
		f := finding.New(finding.BadSyntax, nil, message, args...).WithHint("%s", hint).At(d.position(at))
		return &f
	}
	if strings.ContainsFunc(n.Anchor, func(r rune) bool { return !(r == '-' || r < utf8.RuneSelf && isWordByte(byte(r))) }) {
		return fault(n, "name it with letters, digits, - and _, or quote a value that begins with &", "Kubernetes does not take the name of this anchor")
	}
	flow := n.Style&yaml.FlowStyle != 0
	for i, child := range n.Content {
		plain := child.Kind == yaml.ScalarNode && child.Style&^yaml.TaggedStyle == 0
		if flow && plain && strings.Contains(child.Value, "?") {
			return fault(child, "put the text in quotes", "Kubernetes takes the question mark for the begin of a key")
		}
		if flow && plain && strings.HasPrefix(child.Value, ":") {
			return fault(child, "put the text in quotes", "Kubernetes takes the colon for the end of a key")
		}
		if flow && plain && child.Value == "" && (child.Style != 0 || child.Tag == "!") {
			return fault(child, "write a value behind the tag", "Kubernetes takes what follows for a part of the tag")
		}
		if flow && plain && n.Kind == yaml.MappingNode && i%2 == 0 {
			at := offset.of(n.Content[i+1])
			if at < len(d.Raw) && d.Raw[at] == ':' {
				// The place of nothing is in front of the colon, or behind it.
				at++
			}
			if at > 0 && at < len(d.Raw) && d.Raw[at-1] == ':' && isFlowIndicator(d.Raw[at]) {
				return fault(child, "put a space behind the colon", "Kubernetes takes the colon behind %s for a part of the text", excerpt(child.Value))
			}
		}
		if f := d.disputedNode(child, offset); f != nil {
			return f
		}
	}
	return nil
}
