package cli

import (
	"iter"
	"runtime"
)

// ordered calls work for every item, on all cores, and yields the results in
// the order of the items. Only a bounded number of items is under way at once.
func ordered[In, Out any](items iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan chan Out, 16*workers)
		tokens := make(chan struct{}, workers)
		stop := make(chan struct{})
		go func() {
			defer close(queue)
			for item := range items {
				result := make(chan Out, 1)
				select {
				case <-stop:
					return
				case queue <- result:
				}
				tokens <- struct{}{}
				go func() {
					defer func() { <-tokens }()
					result <- work(item)
				}()
			}
		}()
		// Results nobody waits for any more have room in their channels.
		defer func() {
			close(stop)
			for range queue {
			}
		}()
		for result := range queue {
			if !yield(<-result) {
				return
			}
		}
	}
}
