// Package migrate moves models from the kfserving storage initializer to rclone
// (docs/behaviour/credentials.md, 5.4): it makes new Secrets of the old ones and
// edits the text of SeldonDeployments, which otherwise stays as people wrote it.
package migrate
