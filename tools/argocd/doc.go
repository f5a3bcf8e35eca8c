// Package argocd holds tests of Argo CD's own code for comparing objects on what
// seldonctl renders. They are a module of their own, so that what they need is not
// needed by seldonctl.
package argocd
