package finding

// Collapsed collects findings and joins those that differ only in where they were
// found, so that what a large fleet has in common takes no memory. The first of
// them stands for the others. Errors stay apart: each place must be fixed. The
// zero value is ready to use.
type Collapsed struct {
	list  List
	index map[words]int
}

// words are what a finding says, wherever it was found.
type words struct {
	code                Code
	severity            Severity
	path, message, hint string
}

// Add collects findings.
func (c *Collapsed) Add(l List) {
	for _, f := range l {
		if f.Severity == Error {
			c.list = append(c.list, f)
			continue
		}
		key := words{f.Code, f.Severity, pathText(f.Path), f.Message, f.Hint}
		if i, ok := c.index[key]; ok {
			c.list[i].Others += 1 + f.Others
			continue
		}
		if c.index == nil {
			c.index = map[words]int{}
		}
		c.index[key] = len(c.list)
		c.list = append(c.list, f)
	}
}

// List returns what was collected, in the order of the first of each.
func (c *Collapsed) List() List { return c.list }
