// Package clouds imitates Amazon, Google and Azure on loopback, under their own
// names: a proxy ends the TLS of what is sent to them with an authority of its
// own, and hands it to a storage server on this machine. What programs are told
// is what they would be told in a cluster; nothing in a Secret is changed so that
// it can be tested.
//
// Storage is real servers: versitygw for S3, fake-gcs-server, and Azurite. What
// gives out tokens is imitated here, as far as the programs look: Amazon's STS,
// Google's token endpoint, Microsoft's login, and the metadata servers of the
// three. fake-gcs-server lets everybody in, so the proxy looks at the tokens.
//
// Start with [Start]. A host that is none of these is refused and noted: nothing
// leaves the machine.
package clouds
