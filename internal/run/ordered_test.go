package run

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// withWorkers runs a test as on machines of several sizes. Such tests are not
// parallel: the number of processors is the process's.
func withWorkers(t *testing.T, test func(t *testing.T)) {
	for _, n := range []int{1, 2, 4, 16} {
		t.Run(fmt.Sprint(n, " workers"), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			test(t)
		})
	}
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestResultsComeInTheOrderOfTheItems(t *testing.T) {
	withWorkers(t, func(t *testing.T) {
		const n = 500
		got := slices.Collect(ordered(count(n), func(i int) int {
			// Every third item takes longer than those behind it.
			if i%3 == 0 {
				time.Sleep(100 * time.Microsecond)
			}
			return i
		}))
		if diff := cmp.Diff(slices.Collect(count(n)), got); diff != "" {
			t.Errorf("results differ (-want +got):\n%s", diff)
		}
	})
}

func TestNoMoreThanABoundedNumberOfItemsIsTaken(t *testing.T) {
	withWorkers(t, func(t *testing.T) {
		var worked atomic.Int64
		for i := range ordered(count(1_000_000), func(i int) int { worked.Add(1); return i }) {
			if i == 10 {
				break
			}
		}
		if most := int64(11 + 32*runtime.GOMAXPROCS(0)); worked.Load() > most {
			t.Errorf("%d items were worked on, want at most %d", worked.Load(), most)
		}
	})
}
