//go:build unix

package files

import (
	"io/fs"
	"os"
	"syscall"
)

// open is [os.Open] without a look at whether the file can be waited for, which
// takes more system calls than a small file needs otherwise.
func open(name string) (*os.File, error) {
	for {
		fd, err := syscall.Open(name, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		default:
			return os.NewFile(uintptr(fd), name), nil
		}
	}
}
