package manifest

// Encoder takes a value piece by piece. The value itself knows its pieces, so
// that they need not be found out by reflection.
//
// Members that are null and what else says nothing are left out or kept by the
// encoder; hand over everything that encoding/json would write.
type Encoder interface {
	BeginMap()
	EndMap()
	BeginList()
	EndList()
	// Field begins a member of a map, whose name is made of letters and means
	// nothing else in YAML.
	Field(name string)
	// Key begins a member of a map with any name. Keys are in alphabetical order.
	Key(name string)
	Text(text string)
	Int(n int64)
	Bool(b bool)
	Null()
	// Value takes a value of any type, as encoding/json writes it.
	Value(value any)
}

// Encodable is a value that can hand itself over to an encoder: the same that
// encoding/json would write of it. An [Object] whose Value is encodable is written
// several times as fast.
type Encodable interface{ EncodeTo(Encoder) }
