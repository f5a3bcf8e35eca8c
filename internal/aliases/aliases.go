package aliases

import "fmt"

// The limits on what all aliases of a document stand for together, written out:
// keys and values, and bytes of their text.
const (
	MaxNodes = 100_000
	MaxBytes = 8 << 20
)

// Node is what counts of a node of any YAML library.
type Node[N any] struct {
	// Text is the value of a scalar.
	Text string
	// Anchored says that aliases may refer to the node.
	Anchored bool
	// Alias is the node that an alias refers to.
	Alias    *N
	Children []*N
}

// Error says what the aliases of a document do wrong, and at which of them.
type Error[N any] struct {
	At *N
	// Cyclic says that the alias stands for something that holds the alias itself;
	// otherwise they stand for too much.
	Cyclic bool
}

func (e *Error[N]) Error() string {
	if e.Cyclic {
		return "an alias stands for something that holds the alias itself"
	}
	return fmt.Sprintf("the aliases stand for more than %d values or %d MiB of text", MaxNodes, MaxBytes>>20)
}

// Check returns what is wrong with the aliases below a node, or nil. It takes
// one step for each node of the text, whatever the aliases stand for. View says
// what a node is.
func Check[N any](root *N, view func(*N) Node[N]) *Error[N] {
	c := checker[N]{view: view, sizes: map[*N]size{}}
	c.measure(root)
	return c.fault
}

// size is what a node stands for, aliases written out.
type size struct{ nodes, bytes int64 }

// cyclic is the size of an anchored node while it is measured.
var cyclic = size{-1, -1}

func (s size) add(o size) size { return size{s.nodes + o.nodes, s.bytes + o.bytes} }

func (s size) tooLarge() bool { return s.nodes > MaxNodes || s.bytes > MaxBytes }

type checker[N any] struct {
	view func(*N) Node[N]
	// sizes are those of anchored nodes.
	sizes map[*N]size
	// added is what the aliases seen so far stand for.
	added size
	fault *Error[N]
}

func (c *checker[N]) measure(n *N) size {
	v := c.view(n)
	if v.Alias != nil {
		return c.alias(n, v.Alias)
	}
	total := size{1, int64(len(v.Text))}
	if v.Anchored {
		c.sizes[n] = cyclic
	}
	for _, child := range v.Children {
		if c.fault != nil {
			break
		}
		total = total.add(c.measure(child))
	}
	if v.Anchored {
		c.sizes[n] = total
	}
	return total
}

func (c *checker[N]) alias(n, target *N) size {
	s, measured := c.sizes[target]
	if !measured {
		// The anchor is outside of what is checked.
		before := c.added
		s = c.measure(target)
		if c.fault != nil {
			c.fault.At = n
			return size{}
		}
		c.added = before
	}
	if s == cyclic {
		c.fault = &Error[N]{At: n, Cyclic: true}
		return size{}
	}
	if c.added = c.added.add(s); c.added.tooLarge() {
		c.fault = &Error[N]{At: n}
	}
	return s
}
