package cli

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/seldonctl/seldonctl/internal/files"
)

// Streams are a program's standard streams. Out is for data, Err for talk.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// files opens all other files.
	files *files.Opener
}

// readFile reads a file that a flag names, or standard input.
func (s Streams) readFile(name string, limit int64) ([]byte, error) {
	if name == "-" {
		return files.ReadAll(s.In, limit)
	}
	return s.files.Read(name, limit)
}

// Environment looks up a variable of the process environment.
type Environment func(name string) (value string, set bool)

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// isDevice reports whether a stream is a terminal or another device, such as
// /dev/null, which is what a container has without -i.
func isDevice(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// width returns the columns of a terminal, 0 for anything else.
func width(stream any) int {
	f, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}
