package run

import (
	"iter"
	"runtime"
)

// ordered calls work for every item, on all cores, and yields the results in
// the order of the items. Only a bounded number of items is under way at once.
func ordered[In, Out any](items iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	type job struct {
		item   In
		result chan Out
	}
	return func(yield func(Out) bool) {
		workers := runtime.GOMAXPROCS(0)
		queue := make(chan chan Out, 16*workers)
		jobs := make(chan job, workers)
		stop := make(chan struct{})
		// Workers stay, because their stacks have grown to what the work takes.
		for range workers {
			go func() {
				for j := range jobs {
					j.result <- work(j.item)
				}
			}()
		}
		go func() {
			defer close(queue)
			defer close(jobs)
			for item := range items {
				result := make(chan Out, 1)
				select {
				case <-stop:
					return
				case queue <- result:
				}
				jobs <- job{item, result}
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
