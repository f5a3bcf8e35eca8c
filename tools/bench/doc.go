//go:build unix

// Command bench compares whole processes: seldonctl render over a fleet of
// manifests, and kustomize and helm that do nothing but print the finished
// objects. It prints tables in Markdown: time, ratio, peak memory, and how they
// grow with the fleet.
//
//	go -C tools run ./bench                     # both tables, about ten minutes
//	go -C tools run ./bench -scale "" -runs 3   # the comparison only
//	go -C tools run ./bench -peers ""           # the growth only
//
// The other programs are built from their modules, in pinned versions and with
// the dependencies they pin themselves, into bin/ on first use. Start with main.
// The command imports the fleet and the standard library only.
package main
