package programs

import (
	"context"
	"testing"
)

func TestAnEnvironmentIsStartedOnceAndWhenItIsNeeded(t *testing.T) {
	starts := 0
	e := Environment[int]{Start: func(context.Context) (int, error) { starts++; return 7, nil }}
	if e.started || starts > 0 {
		t.Error("it is started without need")
	}
	for range 2 {
		if got := e.For(t); got != 7 {
			t.Errorf("got %d", got)
		}
	}
	if starts != 1 || !e.started {
		t.Errorf("it is started %d times", starts)
	}
}
