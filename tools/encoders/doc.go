// Command encoders writes render/encoders.go: functions that hand the values a
// render writes over to a manifest.Encoder, field by field, the same that
// encoding/json would find out by reflection.
//
// It type-checks package render, collects the types of all objects and of the
// orchestrator's payload, and follows their fields by the rules of encoding/json.
// Types that marshal themselves go through encoding/json, but for a few that are
// frequent. Run it from this folder's module, or by go generate:
//
//	go -C tools run ./encoders           # writes render/encoders.go
//	go -C tools run ./encoders -check    # fails when that file is stale
//
// Start with main; fields.go has the rules of encoding/json, write.go the code that
// is written.
package main
