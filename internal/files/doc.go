// Package files opens the files that people and documents name. A run may be
// confined to a folder: then nothing outside of it is opened, whatever a name,
// a link or a values file says. Start with [Opener]; every file that is read
// goes through one.
package files
