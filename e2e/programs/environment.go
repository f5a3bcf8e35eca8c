package programs

import (
	"context"
	"os"
	"sync"
	"testing"
)

// Environment is what all tests of a process share. Starting one takes a while, so
// the first test that needs it does.
type Environment[T any] struct {
	// Start returns what there is to stop, with an error too.
	Start func(context.Context) (T, error)
	// Stop ends it, and says more of a run that has failed.
	Stop func(env T, failed bool)

	once    sync.Once
	env     T
	err     error
	started bool
}

// For returns the environment for a test.
func (e *Environment[T]) For(t *testing.T) T {
	t.Helper()
	e.once.Do(func() {
		e.started = true
		e.env, e.err = e.Start(context.Background())
	})
	if e.err != nil {
		t.Fatal(e.err)
	}
	return e.env
}

// Main is the TestMain of a package whose tests share the environment.
func (e *Environment[T]) Main(m *testing.M) {
	Supervise()
	code := m.Run()
	if e.started {
		e.Stop(e.env, code != 0)
	}
	os.Exit(code)
}
