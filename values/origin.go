package values

import "github.com/seldonctl/seldonctl/finding"

// Source is the kind of place that a value comes from.
type Source int

// The sources of values, weakest first.
const (
	Default Source = iota + 1
	FromOperator
	FromFile
	FromFlag
)

// Origin is where a value was set.
type Origin struct {
	Source Source
	// Pos is the place in the file; for a flag its File is the flag and the key,
	// such as "--set executor.port", never the value, which may be a secret. It is
	// zero for a default.
	Pos finding.Position
}

// String returns "default" or the place.
func (o Origin) String() string {
	if o.Source == Default {
		return "default"
	}
	return o.Pos.String()
}
