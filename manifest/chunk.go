package manifest

// Chunk is an object in an output format, and its place among the others.
type Chunk struct {
	ID   ID
	Rank Rank
	Data []byte
}

// Encode appends a rendered object to dst in a format and returns the chunk,
// which shares dst's memory, with the longer dst.
func Encode(f Format, dst []byte, o Object) (Chunk, []byte, error) {
	out, err := f.Append(dst, o)
	if err != nil {
		return Chunk{}, dst, err
	}
	return Chunk{ID: o.ID(), Rank: RankOf(o.Kind), Data: out[len(dst):]}, out, nil
}

// EncodePassed is [Encode] for a document that is passed through.
func EncodePassed(f Format, dst []byte, d Document) (Chunk, []byte, error) {
	out, err := f.AppendPassed(dst, d)
	if err != nil {
		return Chunk{}, dst, err
	}
	return Chunk{ID: d.ID(), Rank: Passed, Data: out[len(dst):]}, out, nil
}
