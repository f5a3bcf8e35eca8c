package source

import (
	"errors"
	"io"
	"os"

	"github.com/seldonctl/seldonctl/internal/files"
)

// maxInMemory is how much of an input that can be read only once is kept in
// memory; more than that goes to a temporary file.
const maxInMemory = 4 << 20

// spool remembers what it reads from its source, so that it can be read again
// from the beginning. It is not safe for concurrent use.
type spool struct {
	src  io.ReadCloser
	mem  []byte
	file *os.File
	size int64
	err  error
}

func (s *spool) reader() io.ReadCloser { return &spoolReader{spool: s} }

func (s *spool) close() error {
	errs := []error{s.src.Close()}
	if s.file != nil {
		errs = append(errs, files.CloseTemporary(s.file))
	}
	return errors.Join(errs...)
}

// more reads from the source and keeps what comes.
func (s *spool) more(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.src.Read(p)
	s.err = err
	if err := s.keep(p[:n]); err != nil {
		s.err = err
		return 0, err
	}
	return n, err
}

func (s *spool) keep(p []byte) error {
	s.size += int64(len(p))
	if s.file == nil && s.size <= maxInMemory {
		s.mem = append(s.mem, p...)
		return nil
	}
	if s.file == nil {
		var err error
		if s.file, err = files.CreateTemporary(); err != nil {
			return err
		}
	}
	_, err := s.file.WriteAt(p, s.size-int64(len(p))-int64(len(s.mem)))
	return err
}

type spoolReader struct {
	spool *spool
	at    int64
}

func (r *spoolReader) Read(p []byte) (n int, err error) {
	s := r.spool
	switch {
	case r.at < int64(len(s.mem)):
		n = copy(p, s.mem[r.at:])
	case r.at < s.size:
		n, err = s.file.ReadAt(p[:min(int64(len(p)), s.size-r.at)], r.at-int64(len(s.mem)))
	default:
		n, err = s.more(p)
	}
	r.at += int64(n)
	return n, err
}

func (r *spoolReader) Close() error { return nil }
