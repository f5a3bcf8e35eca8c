//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// measureArg has this program run another one and print what it took. The kernel
// counts the memory of the process that starts another one as that one's, so
// that only a fresh, small process can measure.
const measureArg = "-measure"

// usage is what a run of a program took.
type usage struct {
	Wall, CPU time.Duration
	// Peak is the largest resident memory in bytes.
	Peak int64
}

// command is a program with its arguments.
type command []string

// measureChild runs a program with its output thrown away and prints the usage as
// JSON.
func measureChild(c command) int {
	cmd := exec.Command(c[0], c[1:]...)
	var messages bytes.Buffer
	cmd.Stderr = &messages
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n%s", c[0], err, last(messages.Bytes(), 2000))
		return 1
	}
	rusage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		fmt.Fprintln(os.Stderr, "the system does not tell what a process took")
		return 1
	}
	u := usage{Wall: wall, CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), Peak: int64(rusage.Maxrss)}
	if runtime.GOOS != "darwin" {
		u.Peak <<= 10
	}
	if err := json.NewEncoder(os.Stdout).Encode(u); err != nil {
		return 1
	}
	return 0
}

// measure runs a program once.
func measure(c command) (usage, error) {
	var u usage
	self, err := os.Executable()
	if err != nil {
		return u, err
	}
	cmd := exec.Command(self, append([]string{measureArg}, c...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return u, fmt.Errorf("%s: %w", c[0], err)
	}
	return u, json.Unmarshal(out, &u)
}

func last(text []byte, n int) []byte { return text[max(0, len(text)-n):] }

// usages are several runs of one program.
type usages []usage

// best is the time of the run that was disturbed least.
func (l usages) best() time.Duration { return l.times()[0] }

func (l usages) median() time.Duration { return l.times()[len(l)/2] }

func (l usages) times() []time.Duration {
	var times []time.Duration
	for _, u := range l {
		times = append(times, u.Wall)
	}
	slices.Sort(times)
	return times
}

// cpu is the least time on all cores together.
func (l usages) cpu() time.Duration {
	return slices.MinFunc(l, func(a, b usage) int { return int(a.CPU - b.CPU) }).CPU
}

// peak is the most memory of all runs.
func (l usages) peak() int64 {
	return slices.MaxFunc(l, func(a, b usage) int { return int(a.Peak - b.Peak) }).Peak
}

// spent is the time of all runs.
func (l usages) spent() time.Duration {
	var sum time.Duration
	for _, u := range l {
		sum += u.Wall
	}
	return sum
}
