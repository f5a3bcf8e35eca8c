// Package credentials joins the Secrets and ServiceAccounts that values declare
// (docs/credentials.md) with what SeldonDeployments use of them: it makes them
// known to a renderer, notes what is used, and says which objects to write.
//
// Start with [Read]. Where values are fetched from is the caller's choice: the
// package touches nothing itself. It imports render, secrets, values, manifest and
// finding.
package credentials
