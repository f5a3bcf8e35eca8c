//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	signals "os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seldonctl/seldonctl/finding"
)

// hung is a process that waits for more input, which does not come.
func hung(t *testing.T) (cmd *exec.Cmd, talk *bytes.Buffer) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd, talk = exec.CommandContext(t.Context(), program), &bytes.Buffer{}
	cmd.Args = []string{"seldonctl", "fn"}
	cmd.Stderr = talk
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: when it is written, the process has begun to read.
	if _, err := io.WriteString(in, strings.Repeat("# wait\n", 1<<16)); err != nil {
		t.Fatal(err)
	}
	return cmd, talk
}

// TestASignalEndsAHungRun needs one signal of any kind, as timeout sends it.
func TestASignalEndsAHungRun(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			if signals.Ignored(signal) {
				t.Skip("the tests run under nohup, and so does the program")
			}
			cmd, talk := hung(t)
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(talk.String(), "interrupted") {
				t.Errorf("exit code %d (%v): %s", code, cmd.ProcessState, talk)
			}
		})
	}
}

// TestASecondSignalEndsTheProcess does not wait for the run to end in order.
func TestASecondSignalEndsTheProcess(t *testing.T) {
	t.Parallel()
	cmd, talk := hung(t)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case <-ended:
			if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGTERM {
				t.Errorf("ended with %v: %s", cmd.ProcessState, talk)
			}
			return
		case <-time.After(20 * time.Millisecond):
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}
}

// TestAClosedPipeIsAnError needs SIGPIPE to be caught: otherwise the signal ends
// the process without a word, and with temporary files left behind.
func TestAClosedPipeIsAnError(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	var talk bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Args = []string{"seldonctl", "render", "-f", examples + "/models/azure-blob.yaml"}
	cmd.Stdout, cmd.Stderr = writer, &talk
	_ = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(talk.String(), string(finding.PipeClosed)) {
		t.Errorf("exit code %d (%v): %s", code, cmd.ProcessState, &talk)
	}
}
