package release

// v1_17_0 keeps a pod's own security context, and falls back to rclone where the
// chart names no initializer.
func v1_17_0() *Release {
	r := v1_16_0()
	r.chart("1.17.0")
	r.Pods.SecurityContext = KeepPodSecurityContext
	r.Storage.Image = "docker.io/seldonio/rclone-storage-initializer:latest"
	return r
}
