//go:build unix

package main

import (
	"fmt"
	"os"
	"strings"
)

// load returns the load of the machine in the last minute, where the system
// tells: a figure that is not near 0 spoils the times.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	minute, _, _ := strings.Cut(string(text), " ")
	return minute
}

// memory returns the size of the machine's memory, where the system tells.
func memory() string {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return "unknown memory"
	}
	var kib int64
	if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kib); err != nil {
		return "unknown memory"
	}
	return fmt.Sprintf("%d GiB", (kib+1<<19)>>20)
}
