package programs

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Process is a program that runs under watch.
type Process struct {
	name string
	log  string
	// leash keeps the watch waiting; closing it ends the program.
	leash io.Closer
	ended chan struct{}
}

// Start runs a program whose output goes to a file in logs. The folders are
// deleted when it has ended, however that comes about.
func Start(logs, path string, args []string, folders ...string) (*Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &Process{name: filepath.Base(path), ended: make(chan struct{})}
	p.log = filepath.Join(logs, p.name+".log")
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(self, append([]string{path}, args...)...)
	cmd.Env = append(os.Environ(), superviseVariable+"=1",
		removeVariable+"="+strings.Join(folders, string(os.PathListSeparator)))
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if p.leash, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

// Stop ends the program and waits until it is gone.
func (p *Process) Stop() {
	p.leash.Close()
	<-p.ended
}

// Failure describes why the program ended by itself; nil while it runs.
func (p *Process) Failure() error {
	select {
	case <-p.ended:
	default:
		return nil
	}
	const most = 3000
	text, _ := os.ReadFile(p.log)
	text = bytes.TrimSpace(text)
	if len(text) > most {
		text = text[len(text)-most:]
	}
	return fmt.Errorf("%s has ended; the end of %s:\n%s", p.name, p.log, text)
}
