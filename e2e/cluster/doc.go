// Package cluster talks to the API server of a run: it creates, applies, lists
// and deletes objects of any kind, keeps what the server says about each, and
// runs kubectl.
//
// Start with [Connect]. It imports client-go and nothing of this program.
package cluster
