package cli

import (
	"fmt"
	"time"
)

// progress prints a line on a terminal when a run takes longer than a second,
// and takes it away in the end.
type progress struct {
	streams Streams
	shown   bool
	count   int
	next    time.Time
}

func newProgress(streams Streams) *progress {
	p := &progress{streams: streams}
	if isTerminal(streams.Err) {
		p.next = time.Now().Add(time.Second)
	}
	return p
}

// step counts a document.
func (p *progress) step() {
	p.count++
	// Reading the clock for every document would cost more than the line is worth.
	if p.next.IsZero() || p.count%64 != 0 || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(200 * time.Millisecond)
	p.shown = true
	fmt.Fprintf(p.streams.Err, "\r\x1b[K%d documents", p.count)
}

// done clears the line.
func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.streams.Err, "\r\x1b[K")
	}
}
