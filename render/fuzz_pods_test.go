package render_test

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/seldon"
)

func (s *shape) pod() corev1.PodSpec {
	pod := corev1.PodSpec{Containers: many(s, 3, s.container)}
	if s.n(2) == 0 {
		return pod
	}
	pod.InitContainers = many(s, 1, s.container)
	pod.Volumes = many(s, 3, s.volume)
	pod.ServiceAccountName = pick(s, "", "reader", "lost", "Bad Name")
	if s.maybe(3) {
		pod.SecurityContext = &corev1.PodSecurityContext{RunAsUser: opt(s, int64(0), 1000), FSGroup: opt(s, int64(5))}
		pod.NodeSelector = s.stringMap(labelKeys, labelText...)
		pod.TerminationGracePeriodSeconds = opt(s, int64(0), 300)
		pod.ImagePullSecrets = many(s, 2, func() corev1.LocalObjectReference { return corev1.LocalObjectReference{Name: pick(s, "pull", "")} })
		pod.HostAliases = many(s, 2, func() corev1.HostAlias { return corev1.HostAlias{IP: pick(s, "10.0.0.1", "")} })
		pod.Tolerations = many(s, 1, func() corev1.Toleration { return corev1.Toleration{Key: "gpu", TolerationSeconds: opt(s, int64(1))} })
	}
	if s.maybe(5) {
		pod.RestartPolicy = pick(s, corev1.RestartPolicyAlways, corev1.RestartPolicyNever)
		pod.HostNetwork = s.maybe(2)
		pod.ActiveDeadlineSeconds = opt(s, int64(5))
		pod.EphemeralContainers = many(s, 1, func() corev1.EphemeralContainer { return corev1.EphemeralContainer{} })
		pod.OS = opt(s, corev1.PodOS{Name: corev1.Linux})
		pod.HostUsers = opt(s, true)
		pod.ResourceClaims = many(s, 1, func() corev1.PodResourceClaim { return corev1.PodResourceClaim{Name: "gpu"} })
	}
	return pod
}

func (s *shape) volume() corev1.Volume {
	v := corev1.Volume{Name: pick(s, "data", "seldon-podinfo", "m-provision-location", "kfserving-pvc-source", "user-gcp-sa", "cert", "")}
	switch s.n(4) {
	case 0:
		v.EmptyDir = &corev1.EmptyDirVolumeSource{}
	case 1:
		v.Secret = &corev1.SecretVolumeSource{SecretName: pick(s, "s3", "missing"), DefaultMode: opt(s, int32(0o400))}
	case 2:
		v.PersistentVolumeClaim = &corev1.PersistentVolumeClaimVolumeSource{ClaimName: pick(s, "claim", "")}
	}
	return v
}

func (s *shape) container() corev1.Container {
	c := corev1.Container{Name: pick(s, unitNames...), Image: pick(s, "x/y:1", "x/y", "x/y:latest", "x/y@sha256:0", "", "bad image")}
	if s.n(2) == 0 {
		return c
	}
	c.Ports = many(s, 3, s.port)
	c.Env = s.env()
	c.VolumeMounts = many(s, 2, func() corev1.VolumeMount {
		return corev1.VolumeMount{Name: pick(s, "data", "seldon-podinfo", "m-provision-location", "nowhere"), MountPath: pick(s, "/data", "/mnt/models", "/etc/podinfo", "")}
	})
	c.ReadinessProbe, c.LivenessProbe, c.StartupProbe = s.probe(), s.probe(), s.probe()
	if s.maybe(3) {
		c.Lifecycle = &corev1.Lifecycle{PreStop: opt(s, corev1.LifecycleHandler{TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromString("http")}})}
		c.ImagePullPolicy = pick(s, "", corev1.PullAlways, "sometimes")
		c.Args, c.Command = many(s, 2, s.number), many(s, 1, s.number)
		c.SecurityContext = &corev1.SecurityContext{RunAsNonRoot: opt(s, true)}
		c.EnvFrom = many(s, 1, func() corev1.EnvFromSource {
			return corev1.EnvFromSource{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: pick(s, "rclone", "missing", "")}}}
		})
	}
	if s.maybe(2) {
		c.Resources = s.resources()
	}
	return c
}

func (s *shape) port() corev1.ContainerPort {
	return corev1.ContainerPort{
		Name:          pick(s, "", "http", "grpc", "metrics", "prom", "numbers", "Bad", "a-name-too-long-for-a-port", "123"),
		ContainerPort: pick(s, int32(9000), 9001, 9500, 8000, 5001, 6000, 8080, 0, -1, 65535, 65536, 1<<31-1),
		Protocol:      pick(s, "", corev1.ProtocolTCP, corev1.ProtocolUDP),
		HostPort:      pick(s, int32(0), 0, 0, 8000),
	}
}

func (s *shape) env() []corev1.EnvVar {
	return many(s, 4, func() corev1.EnvVar {
		e := corev1.EnvVar{Name: pick(s, "MINE", "PASSWORD", "PREDICTIVE_UNIT_SERVICE_PORT", "PREDICTIVE_UNIT_PARAMETERS", "PREDICTIVE_UNIT_ID", "PREDICTOR_ID",
			"SELDON_DEPLOYMENT_ID", "ENGINE_PREDICTOR", "KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC", "MLSERVER_MODEL_NAME", "bad name", "1ST", "", "é")}
		if s.maybe(4) {
			e.ValueFrom = &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{Key: "key"}}
		} else {
			e.Value = canary
		}
		return e
	})
}

func (s *shape) probe() *corev1.Probe {
	if !s.maybe(4) {
		return nil
	}
	probe := &corev1.Probe{PeriodSeconds: pick(s, int32(0), 5, -1)}
	switch port := s.intOrString(); s.n(5) {
	case 1:
		probe.HTTPGet = &corev1.HTTPGetAction{Path: pick(s, "", "/x", "/v2/health/live")}
		if port != nil {
			probe.HTTPGet.Port = *port
		}
	case 2:
		probe.TCPSocket = &corev1.TCPSocketAction{}
		if port != nil {
			probe.TCPSocket.Port = *port
		}
	case 3:
		probe.Exec = &corev1.ExecAction{Command: []string{"true"}}
	case 4:
		probe.GRPC = &corev1.GRPCAction{Port: 9500, Service: opt(s, "x")}
	}
	return probe
}

func (s *shape) resources() corev1.ResourceRequirements {
	list := func() corev1.ResourceList {
		var l corev1.ResourceList
		for range s.n(3) {
			if l == nil {
				l = corev1.ResourceList{}
			}
			l[pick(s, corev1.ResourceCPU, corev1.ResourceMemory, "nvidia.com/gpu")] = resource.MustParse(pick(s, "1", "500m", "1Gi", "512m", "0", "1e3", "-1"))
		}
		return l
	}
	return corev1.ResourceRequirements{Requests: list(), Limits: list()}
}

func (s *shape) hpa() *seldon.HPASpec {
	hpa := &seldon.HPASpec{MinReplicas: opt(s, int32(1), 5, 0, -1), MaxReplicas: pick(s, int32(3), 1, 0, -1)}
	if s.n(2) == 1 {
		hpa.Metrics = many(s, 2, s.metric)
	}
	if s.n(2) == 1 {
		hpa.MetricsV2 = many(s, 2, func() autoscalingv2.MetricSpec {
			return autoscalingv2.MetricSpec{Type: pick(s, autoscalingv2.ResourceMetricSourceType, autoscalingv2.PodsMetricSourceType, "x"),
				Resource: opt(s, autoscalingv2.ResourceMetricSource{Name: "cpu", Target: autoscalingv2.MetricTarget{Type: "Utilization", AverageUtilization: new(int32(70))}})}
		})
	}
	return hpa
}

func (s *shape) metric() seldon.MetricV2Beta1 {
	quantity := resource.MustParse("10")
	return seldon.MetricV2Beta1{
		Type:              pick(s, "Resource", "Pods", "Object", "External", "ContainerResource", "x"),
		Resource:          opt(s, seldon.ResourceMetric{Name: "cpu", TargetAverageUtilization: new(int32(70))}, seldon.ResourceMetric{Name: "cpu", TargetAverageValue: &quantity}),
		Pods:              opt(s, seldon.PodsMetric{MetricName: "x", TargetAverageValue: quantity}),
		Object:            opt(s, seldon.ObjectMetric{MetricName: "x", TargetValue: quantity}, seldon.ObjectMetric{AverageValue: &quantity}),
		External:          opt(s, seldon.ExternalMetric{MetricName: "x", TargetValue: &quantity}, seldon.ExternalMetric{}),
		ContainerResource: opt(s, seldon.ContainerResourceMetric{Name: "cpu", Container: "m"}),
	}
}

func (s *shape) keda() *seldon.KEDASpec {
	k := &seldon.KEDASpec{
		PollingInterval: opt(s, int32(5)), CooldownPeriod: opt(s, int32(5)), MinReplicaCount: opt(s, int32(0), 5),
		MaxReplicaCount: opt(s, int32(1), -1), IdleReplicaCount: opt(s, int32(0)),
		Fallback: opt(s, seldon.ScalerFallback{FailureThreshold: 1, Replicas: -1}),
	}
	k.Triggers = many(s, 2, func() seldon.ScaleTrigger {
		return seldon.ScaleTrigger{Type: pick(s, "prometheus", ""), Metadata: s.stringMap([]string{"query", ""}, "x", ""), AuthenticationRef: opt(s, seldon.ScaledObjectAuth{Name: "x"}, seldon.ScaledObjectAuth{})}
	})
	if s.maybe(2) {
		k.Advanced = &seldon.ScalerAdvanced{HorizontalPodAutoscalerConfig: opt(s, seldon.ScalerHPAConfig{
			Behavior: &autoscalingv2.HorizontalPodAutoscalerBehavior{ScaleDown: &autoscalingv2.HPAScalingRules{}},
		})}
	}
	return k
}

func pointers[T any](list []T) []*T {
	var out []*T
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}
