// Package aliases bounds what the aliases of a YAML document may stand for, so
// that a few lines cannot grow into gigabytes. Every reader of YAML asks it
// before anything follows an alias; start with [Check].
package aliases
