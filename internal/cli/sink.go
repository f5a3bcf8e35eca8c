package cli

import (
	"errors"
	"io"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/manifest"
)

// spoolSink keeps objects back and then writes them to one stream.
type spoolSink struct {
	spool *output.Spool
	// target opens the stream, for its owner only if it is private, and has it
	// written.
	target func(private bool, write func(io.Writer) error) error
	// private says that there is a Secret among the objects.
	private bool
}

func (s *spoolSink) add(c manifest.Chunk) error {
	s.private = s.private || manifest.HoldsSecrets(c.ID.Kind)
	return s.spool.Add(c)
}

func (s *spoolSink) commit() error {
	return s.target(s.private, s.spool.Write)
}

func (s *spoolSink) close() error { return s.spool.Close() }

// writeFile writes a file that appears whole or not at all.
func writeFile(path string, private bool, write func(io.Writer) error) (err error) {
	f, err := output.CreateFile(path, private)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := write(f); err != nil {
		return err
	}
	return f.Commit()
}

// dirSink writes a file for each object, and those that are about the others.
type dirSink struct {
	dir *output.Dir
	// complete prepares the latter, and returns what has changed since the folder
	// was rendered.
	complete func(*output.Dir) (finding.List, error)
}

func (s *dirSink) add(c manifest.Chunk) error { return s.dir.Add(c) }

func (s *dirSink) commit() error {
	if _, err := s.complete(s.dir); err != nil {
		return err
	}
	return s.dir.Commit()
}

func (s *dirSink) close() error {
	if s.dir == nil {
		return nil
	}
	return s.dir.Close()
}
