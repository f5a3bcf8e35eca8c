package printable

import (
	"fmt"
	"runtime"
	"strings"
)

// Guard calls a function and turns a panic of it into an error that says where it
// happened, and what it was where that cannot hold anything of the input.
func Guard(call func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	return call()
}

func panicked(p any) error {
	what := fmt.Sprintf("%T", p)
	if fault, ok := p.(runtime.Error); ok {
		what = fault.Error()
	}
	var callers [16]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for more, begun := true, false; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if begun && !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Errorf("%s in %s:%d", what, frame.Function, frame.Line)
		}
		begun = begun || frame.Function == "runtime.gopanic"
	}
	return fmt.Errorf("%s", what)
}
