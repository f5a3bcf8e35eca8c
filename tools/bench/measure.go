//go:build unix

package main

import (
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
// that only a small process can measure.
const measureArg = "-measure"

// usage is what a run of a program took; Peak is its largest resident memory in
// bytes.
type usage struct {
	Wall, CPU time.Duration
	Peak      int64
}

// usages are the runs of a program.
type usages []usage

func measureChild(command []string) int {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, command[0], err)
		return 1
	}
	u := usage{Wall: time.Since(start), CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if rusage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.Peak = int64(rusage.Maxrss)
	}
	if runtime.GOOS != "darwin" {
		u.Peak <<= 10
	}
	if err := json.NewEncoder(os.Stdout).Encode(u); err != nil {
		return 1
	}
	return 0
}

// measure runs programs in turns, so that what else the machine does hits all of
// them alike.
func measure(runs int, commands [][]string) ([]usages, error) {
	all := make([]usages, len(commands))
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	for range runs {
		for i, command := range commands {
			cmd := exec.Command(self, append([]string{measureArg}, command...)...)
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				return nil, err
			}
			var u usage
			if err := json.Unmarshal(out, &u); err != nil {
				return nil, err
			}
			all[i] = append(all[i], u)
		}
	}
	return all, nil
}

func (l usages) sorted(of func(usage) int64) []int64 {
	var values []int64
	for _, u := range l {
		values = append(values, of(u))
	}
	slices.Sort(values)
	return values
}

func (l usages) walls() []int64 { return l.sorted(func(u usage) int64 { return int64(u.Wall) }) }

// best is the time of the run that was disturbed least, cpu the least time on all
// cores together, peak the most memory.
func (l usages) best() int64   { return l.walls()[0] }
func (l usages) median() int64 { return l.walls()[len(l)/2] }
func (l usages) cpu() int64    { return l.sorted(func(u usage) int64 { return int64(u.CPU) })[0] }
func (l usages) peak() int64   { return slices.Max(l.sorted(func(u usage) int64 { return u.Peak })) }

func ms(nanoseconds int64) float64 { return float64(nanoseconds) / float64(time.Millisecond) }
