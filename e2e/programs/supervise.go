package programs

import (
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

const (
	superviseVariable = "SELDONCTL_E2E_SUPERVISE"
	removeVariable    = "SELDONCTL_E2E_REMOVE"

	// grace is how long a program may take to end by itself.
	grace = 10 * time.Second
)

// Supervise turns the program into the watch over one process when it was
// started as that, and returns at once otherwise.
//
// The watch ends its process when its standard input closes, which happens
// however the program at the other end comes to its end: a test that times out
// or is killed leaves nothing running. It then deletes the folders that it was
// told to.
func Supervise() {
	if os.Getenv(superviseVariable) == "" {
		return
	}
	os.Exit(supervise(os.Args[1], os.Args[2:]))
}

func supervise(name string, args []string) int {
	// Ctrl-C in a terminal is for the program that is being served; the watch
	// learns of its end by the closed pipe.
	signal.Ignore(os.Interrupt, syscall.SIGHUP)
	for _, dir := range strings.Split(os.Getenv(removeVariable), string(os.PathListSeparator)) {
		if dir != "" {
			defer os.RemoveAll(dir)
		}
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		return 1
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	closed := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(closed)
	}()
	select {
	case <-ended:
		return 1
	case <-closed:
	}
	cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(grace):
		cmd.Process.Kill()
		<-ended
	}
	return 0
}
