// Package programs builds the pinned programs that runs need, and keeps watch
// over them while they run, so that nothing of them is left whatever happens.
//
// Start with [Build] and [Start]. A program that starts others calls [Supervise]
// first in main, because it is started again to watch over them. The package
// imports nothing of this program.
package programs
