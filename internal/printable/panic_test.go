package printable_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/printable"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	fault := errors.New("a fault")
	var none []int
	for _, c := range []struct {
		call func() error
		want string
	}{
		{func() error { return fault }, "a fault"},
		{func() error { panic("the password is hunter2") }, "string in github.com/seldonctl/seldonctl/internal/printable_test.TestGuard"},
		{func() error { panic(fault) }, "*errors.errorString in github.com/seldonctl/seldonctl/internal/printable_test.TestGuard"},
		{func() error { _ = none[len(none)]; return nil }, "runtime error: index out of range [0] with length 0 in github.com/seldonctl/seldonctl/internal/printable_test.TestGuard"},
	} {
		if got := printable.Guard(c.call).Error(); !strings.HasPrefix(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if err := printable.Guard(func() error { return nil }); err != nil {
		t.Error(err)
	}
}
