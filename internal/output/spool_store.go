package output

import (
	"io"
	"math"

	"github.com/seldonctl/seldonctl/internal/files"
)

// append copies data to the end of a bucket's memory.
func (s *Spool) append(b *bucket, data []byte) {
	b.held += len(data)
	s.held += len(data)
	for len(data) > 0 {
		last := len(b.blocks) - 1
		if last < 0 || len(b.blocks[last]) == cap(b.blocks[last]) {
			b.blocks = append(b.blocks, s.block())
			last++
		}
		block := b.blocks[last]
		n := min(len(data), cap(block)-len(block))
		b.blocks[last] = append(block, data[:n]...)
		data = data[n:]
	}
}

// block returns an empty block.
func (s *Spool) block() []byte {
	if last := len(s.free) - 1; last >= 0 {
		block := s.free[last]
		s.free = s.free[:last]
		return block[:0]
	}
	if s.taken++; s.taken == heapBlocks+1 && s.limit > spillMemory {
		s.mapped = mapMemory(SpoolMemory)
		s.room = s.mapped
	}
	if len(s.room) < blockSize {
		return make([]byte, 0, blockSize)
	}
	block := s.room[:0:blockSize]
	s.room = s.room[blockSize:]
	return block
}

// unmap frees the blocks. There is nothing in them.
func (s *Spool) unmap() error {
	mapped := s.mapped
	s.free, s.mapped, s.room = nil, nil, nil
	return unmapMemory(mapped)
}

// spill moves memory to files: all of it from where it was a lot, and the
// largest buckets from then on.
func (s *Spool) spill() error {
	all := s.limit > spillMemory
	for s.held > s.limit || all && s.held > 0 {
		if err := s.spillLargest(); err != nil {
			return err
		}
	}
	if !all {
		return nil
	}
	s.limit = spillMemory
	return writeError("memory", s.unmap())
}

// spillLargest moves the largest bucket from memory to its file.
func (s *Spool) spillLargest() error {
	b := &s.buckets[0]
	for i := range s.buckets {
		if s.buckets[i].held > b.held {
			b = &s.buckets[i]
		}
	}
	if b.file == nil {
		file, err := files.CreateTemporary()
		if err != nil {
			return writeError("a temporary file", err)
		}
		b.file = file
	}
	for _, block := range b.blocks {
		if _, err := b.file.Write(block); err != nil {
			return writeError("a temporary file", err)
		}
	}
	s.free = append(s.free, b.blocks...)
	s.held -= b.held
	b.blocks, b.held = nil, 0
	return nil
}

// write writes the output in order.
func (s *Spool) write(w io.Writer) error {
	if s.objects == 0 {
		_, err := io.WriteString(w, s.frame.Empty)
		return err
	}
	if _, err := io.WriteString(w, s.frame.Head); err != nil {
		return err
	}
	// Nothing stands between the head and the first chunk.
	skip := len(s.frame.Between)
	for i := range s.buckets {
		if b := &s.buckets[i]; b.file != nil || len(b.blocks) > 0 {
			if err := b.write(w, skip); err != nil {
				return err
			}
			skip = 0
		}
	}
	_, err := io.WriteString(w, s.frame.Tail)
	return err
}

// write writes what the bucket holds, but for its first bytes.
func (b *bucket) write(w io.Writer, skip int) error {
	if b.file != nil {
		if _, err := io.Copy(w, io.NewSectionReader(b.file, int64(skip), math.MaxInt64)); err != nil {
			return err
		}
		skip = 0
	}
	for _, block := range b.blocks {
		if _, err := w.Write(block[skip:]); err != nil {
			return err
		}
		skip = 0
	}
	return nil
}
