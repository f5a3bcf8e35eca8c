package output

import (
	"errors"
	"io"
	"os"

	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/manifest"
)

// SpoolMemory is how many bytes a [Spool] holds in memory unless it is told
// otherwise: all of a run over a thousand manifests.
const SpoolMemory = 16 << 20

// spillMemory is how many bytes it holds from when it has spilled: enough for
// long writes, and what comes has the rest.
const spillMemory = 2 << 20

// blockSize is how memory is taken, so that a spool never copies what it holds.
const blockSize = 32 << 10

// heapBlocks are taken from the heap, before the system is asked for large pages:
// outputs of a few manifests touch fewer bytes than one of these has.
const heapBlocks = 8

// Spool keeps an output back until a run has succeeded, and puts its pieces in
// order. It holds up to a limit in memory and the rest in temporary files, one
// for each rank that grows large; their names are gone as soon as they are open
// where the system allows it, so that not even a killed process leaves any. It is
// not safe for concurrent use.
type Spool struct {
	frame manifest.Frame
	// buckets are in the order of ranks.
	buckets []bucket
	free    [][]byte
	// taken is the number of blocks that were taken, mapped the system's memory for
	// those beyond the first, and room what is left of it.
	taken        int
	mapped, room []byte
	// held is the number of bytes in memory, limit what it may become.
	held, limit int
	objects     int
}

// bucket holds the chunks of one rank, each behind a Frame.Between.
type bucket struct {
	// file holds what came first, if it was spilled.
	file   *os.File
	blocks [][]byte
	held   int
}

// NewSpool returns a spool for an output in a format, which holds up to limit
// bytes in memory, and less once it has held more; 0 means [SpoolMemory]. Call
// Close when done with it, on every path.
func NewSpool(f manifest.Format, limit int) *Spool {
	if limit <= 0 {
		limit = SpoolMemory
	}
	return &Spool{frame: f.Frame(), limit: limit}
}

// Add copies a chunk into the spool, behind the earlier ones of its rank. An
// error is a [WriteError] about a temporary file.
func (s *Spool) Add(c manifest.Chunk) error {
	for int(c.Rank) >= len(s.buckets) {
		s.buckets = append(s.buckets, bucket{})
	}
	b := &s.buckets[c.Rank]
	s.append(b, []byte(s.frame.Between))
	s.append(b, c.Data)
	s.objects++
	if s.held > s.limit {
		return s.spill()
	}
	return nil
}

// Len returns the number of chunks that were added.
func (s *Spool) Len() int { return s.objects }

// Write writes the whole output in order. It may be called again. An error is a
// [WriteError].
func (s *Spool) Write(w io.Writer) error { return writeError("the output", s.write(w)) }

// Close frees the memory and removes the temporary files.
func (s *Spool) Close() error {
	var errs []error
	for i := range s.buckets {
		if f := s.buckets[i].file; f != nil {
			errs = append(errs, files.CloseTemporary(f))
		}
	}
	s.buckets, s.held = nil, 0
	return errors.Join(append(errs, s.unmap())...)
}
