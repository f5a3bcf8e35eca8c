// Package secrets makes the Kubernetes Secrets and ServiceAccounts that storage
// initializers fetch models with, and knows which of them fits which model.
//
// Start with [Providers] and [Provider.Build]: a [Provider] is a table of fields
// and of variants, from which flags, variables, validation and documentation
// follow; a [Request] has the values, a [Result] the objects. Files of other
// programs are read by the Read functions, from bytes: the package does no
// input or output itself. [Fetch] has the rules about what a storage initializer
// can read and with which Secret; [ReadDeclarations] reads the credentials that
// a values file declares.
//
// A provider is a file of its own and a line in [Providers]. Secret material is
// a [Sensitive] until it stands in the Secret, and in no finding. What storage
// initializers read is docs/behaviour/credentials.md.
package secrets
