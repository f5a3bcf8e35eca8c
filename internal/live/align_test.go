package live_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/live"
	"github.com/seldonctl/seldonctl/manifest"
)

// object reads an object from JSON that has single quotes, and ^ for a quote in a
// text.
func object(t testing.TB, text string) (out map[string]any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(strings.NewReplacer("'", `"`, "^", `\"`).Replace(text)))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return out
}

// idOf returns the identity of an object.
func idOf(o map[string]any) manifest.ID {
	metadata, _ := o["metadata"].(map[string]any)
	text := func(v any) string { s, _ := v.(string); return s }
	return manifest.Object{
		APIVersion: text(o["apiVersion"]), Kind: text(o["kind"]), Namespace: text(metadata["namespace"]), Name: text(metadata["name"]),
	}.ID()
}

func TestAlign(t *testing.T) {
	t.Parallel()
	const (
		deployment = `'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','namespace':'n'}`
		service    = `'apiVersion':'v1','kind':'Service','metadata':{'name':'a','namespace':'n'}`
		scaler     = `'kind':'HorizontalPodAutoscaler','metadata':{'name':'a'}`
		other      = `'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'}`
	)
	pod := func(spec string) string {
		return `{` + deployment + `,'spec':{'template':{'spec':{` + spec + `}}}}`
	}
	container := func(members string) string { return pod(`'containers':[{'name':'c',` + members + `}]`) }
	for _, tt := range []struct {
		name, live, desired string
		options             live.Options
		// differs is what is left of the live object, if it is not the desired one.
		differs string
		// ignored are the paths, one a word.
		ignored string
	}{
		{
			name: "a Deployment that a server has completed",
			live: `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','namespace':'n','uid':'u','resourceVersion':'1','generation':2,
				'creationTimestamp':'2020-01-01T00:00:00Z','managedFields':[{'manager':'m'}],
				'ownerReferences':[{'apiVersion':'machinelearning.seldon.io/v1','kind':'SeldonDeployment','name':'s','uid':'u','controller':true}],
				'annotations':{'deployment.kubernetes.io/revision':'3','seldon.io/last-applied':'x','mine':'1'}},
				'spec':{'replicas':1,'revisionHistoryLimit':10,'progressDeadlineSeconds':600,
				'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':'25%','maxUnavailable':0}},
				'template':{'metadata':{'creationTimestamp':null},'spec':{'restartPolicy':'Always','dnsPolicy':'ClusterFirst','schedulerName':'default-scheduler',
				'securityContext':{},'terminationGracePeriodSeconds':30,'serviceAccount':'s','serviceAccountName':'s','containers':[{'name':'c','image':'i:1',
				'imagePullPolicy':'IfNotPresent','resources':{},'terminationMessagePath':'/dev/termination-log','terminationMessagePolicy':'File',
				'ports':[{'containerPort':1,'protocol':'TCP'}],'env':[{'name':'E','valueFrom':{'fieldRef':{'apiVersion':'v1','fieldPath':'f'}}}],
				'readinessProbe':{'tcpSocket':{'port':'http'},'timeoutSeconds':1,'periodSeconds':10,'successThreshold':1,'failureThreshold':3}}],
				'volumes':[{'name':'v','emptyDir':{}},{'name':'s','secret':{'secretName':'x','defaultMode':420}}]}}},
				'status':{'replicas':1}}`,
			desired: `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','namespace':'n','annotations':{'mine':'1'}},
				'spec':{'strategy':{'rollingUpdate':{'maxUnavailable':0}},'template':{'spec':{'serviceAccountName':'s','containers':[{'name':'c','image':'i:1',
				'ports':[{'containerPort':1}],'env':[{'name':'E','value':'','valueFrom':{'fieldRef':{'fieldPath':'f'}}}],'readinessProbe':{'tcpSocket':{'port':'http'}}}],
				'volumes':[{'name':'v'},{'name':'s','secret':{'secretName':'x'}}]}}}}`,
			ignored: `metadata.annotations[deployment.kubernetes.io/revision] metadata.annotations[seldon.io/last-applied] metadata.creationTimestamp
				metadata.generation metadata.managedFields metadata.ownerReferences metadata.resourceVersion metadata.uid
				spec.strategy.rollingUpdate.maxSurge spec.strategy.type
				spec.template.spec.containers[c].env[E].value spec.template.spec.containers[c].env[E].valueFrom.fieldRef.apiVersion
				spec.template.spec.containers[c].ports[1].protocol
				spec.template.spec.containers[c].readinessProbe.failureThreshold spec.template.spec.containers[c].readinessProbe.periodSeconds
				spec.template.spec.containers[c].readinessProbe.successThreshold spec.template.spec.containers[c].readinessProbe.timeoutSeconds
				spec.template.spec.containers[c].imagePullPolicy spec.template.spec.containers[c].resources
				spec.template.spec.containers[c].terminationMessagePath spec.template.spec.containers[c].terminationMessagePolicy
				spec.template.spec.volumes[v].emptyDir spec.template.spec.volumes[s].secret.defaultMode
				spec.template.spec.dnsPolicy spec.template.spec.restartPolicy spec.template.spec.schedulerName spec.template.spec.securityContext
				spec.template.spec.serviceAccount spec.template.spec.terminationGracePeriodSeconds
				spec.template.metadata
				spec.progressDeadlineSeconds spec.replicas spec.revisionHistoryLimit status`,
		},
		{
			name: "an image without a tag is pulled always", live: container(`'image':'r:5000/i','imagePullPolicy':'Always'`), desired: container(`'image':'r:5000/i'`),
			ignored: "spec.template.spec.containers[c].imagePullPolicy",
		},
		{
			name: "and one with a digest is not", live: container(`'image':'i@sha256:0','imagePullPolicy':'Always'`), desired: container(`'image':'i@sha256:0'`),
			differs: container(`'image':'i@sha256:0','imagePullPolicy':'Always'`),
		},
		{
			name:    "quantities by value",
			live:    container(`'resources':{'requests':{'cpu':'1','memory':'1Gi'},'limits':{'cpu':'2'}}`),
			desired: container(`'resources':{'requests':{'cpu':'1000m','memory':'1024Mi'},'limits':{'cpu':2}}`),
			ignored: `spec.template.spec.containers[c].resources.limits.cpu spec.template.spec.containers[c].resources.requests.cpu
				spec.template.spec.containers[c].resources.requests.memory`,
		},
		{
			name: "other quantities", live: container(`'resources':{'requests':{'cpu':'1'}}`), desired: container(`'resources':{'requests':{'cpu':'1001m'}}`),
			differs: container(`'resources':{'requests':{'cpu':'1'}}`),
		},
		{
			name: "texts that are quantities elsewhere", live: container(`'env':[{'name':'E','value':'1'}]`), desired: container(`'env':[{'name':'E','value':'1000m'}]`),
			differs: container(`'env':[{'name':'E','value':'1'}]`),
		},
		{
			name: "numbers and their texts", live: container(`'readinessProbe':{'tcpSocket':{'port':80}}`), desired: container(`'readinessProbe':{'tcpSocket':{'port':'80'}}`),
			ignored: "spec.template.spec.containers[c].readinessProbe.tcpSocket.port",
		},
		{
			name: "a variable that only the cluster has", live: container(`'env':[{'name':'E','value':'1'}]`), desired: container(`'env':[]`),
			differs: container(`'env':[{'name':'E','value':'1'}]`),
		},
		{
			name: "another order of variables", live: container(`'env':[{'name':'E','value':'1'},{'name':'F','value':'1'}]`), desired: container(`'env':[{'name':'F','value':'1'},{'name':'E','value':'1'}]`),
			differs: container(`'env':[{'name':'E','value':'1'},{'name':'F','value':'1'}]`),
		},
		{
			name: "two ports of one number", live: container(`'ports':[{'name':'a','containerPort':1,'protocol':'TCP'},{'name':'b','containerPort':1,'protocol':'TCP'}]`),
			desired: container(`'ports':[{'name':'a','containerPort':1},{'name':'b','containerPort':1,'protocol':'TCP'}]`),
			ignored: "spec.template.spec.containers[c].ports[a].protocol",
		},
		{
			name: "one of two ports of one number", live: container(`'ports':[{'name':'a','containerPort':1,'protocol':'TCP'}]`),
			desired: container(`'ports':[{'name':'a','containerPort':1,'protocol':'TCP'},{'name':'b','containerPort':1,'protocol':'TCP'}]`),
			differs: container(`'ports':[{'name':'a','containerPort':1,'protocol':'TCP'}]`),
		},
		{
			name: "the port of the node", live: pod(`'hostNetwork':true,'containers':[{'name':'c','ports':[{'containerPort':1,'hostPort':1}]}]`),
			desired: pod(`'hostNetwork':true,'containers':[{'name':'c','ports':[{'containerPort':1}]}]`),
			ignored: "spec.template.spec.containers[c].ports[1].hostPort",
		},
		{
			name: "a port of the node that nobody fills in", live: container(`'ports':[{'containerPort':1,'hostPort':1}]`), desired: container(`'ports':[{'containerPort':1}]`),
			differs: container(`'ports':[{'containerPort':1,'hostPort':1}]`),
		},
		{
			name: "kubectl rollout restart", live: `{` + deployment + `,'spec':{'template':{'metadata':{'annotations':{'kubectl.kubernetes.io/restartedAt':'now'}}}}}`,
			desired: `{` + deployment + `,'spec':{'template':{}}}`, ignored: "spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]",
		},
		{
			name: "a label with an empty value", live: `{` + deployment + `,'spec':{'template':{'metadata':{'labels':{'a':''}}}}}`,
			desired: `{` + deployment + `,'spec':{'template':{'metadata':{'labels':{}}}}}`,
			differs: `{` + deployment + `,'spec':{'template':{'metadata':{'labels':{'a':''}}}}}`,
		},
		{
			name: "a selector of everything", live: pod(`'affinity':{'x':{'namespaceSelector':{}}}`), desired: pod(`'affinity':{'x':{}}`),
			differs: pod(`'affinity':{'x':{'namespaceSelector':{}}}`),
		},
		{
			name: "replicas that nobody has named", live: `{` + deployment + `,'spec':{'replicas':3}}`, desired: `{` + deployment + `,'spec':{}}`,
			differs: `{` + deployment + `,'spec':{'replicas':3}}`,
		},
		{
			name: "replicas under an autoscaler", live: `{` + deployment + `,'spec':{'replicas':3}}`, desired: `{` + deployment + `,'spec':{}}`,
			options: live.Options{Autoscaled: true}, ignored: "spec.replicas",
		},
		{
			name: "marks of tools beside a user's",
			live: `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','labels':{'argocd.argoproj.io/instance':'x','kustomize.toolkit.fluxcd.io/name':'x','mine':'x'},
				'annotations':{'argocd.argoproj.io/tracking-id':'x'},'finalizers':['f']}}`,
			desired: `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a'}}`,
			differs: `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','labels':{'mine':'x'}}}`,
			ignored: `metadata.annotations[argocd.argoproj.io/tracking-id] metadata.finalizers metadata.labels[argocd.argoproj.io/instance]
				metadata.labels[kustomize.toolkit.fluxcd.io/name]`,
		},
		{
			name: "a label that Helm has written over",
			live: `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','labels':{'app.kubernetes.io/managed-by':'Helm'},
				'annotations':{'meta.helm.sh/release-name':'r','meta.helm.sh/release-namespace':'n'}}}`,
			desired: `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','labels':{'app.kubernetes.io/managed-by':'seldon-core'}}}`,
			ignored: `metadata.labels[app.kubernetes.io/managed-by] metadata.annotations[meta.helm.sh/release-name] metadata.annotations[meta.helm.sh/release-namespace]`,
		},
		{
			name: "what kubectl apply did not set",
			live: `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','labels':{'set':'1','gone':'1','added':'1'},
				'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{^metadata^:{^labels^:{^set^:^1^,^gone^:^1^}},^spec^:{^template^:{^spec^:{^containers^:[{^name^:^c^,^env^:[{^name^:^E^}]}]}}}}'}},
				'spec':{'template':{'spec':{'containers':[{'name':'c','env':[{'name':'E'},{'name':'F','value':'set env'}],'args':['a']}]}}}}`,
			desired: `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','labels':{'set':'1'}},'spec':{'template':{'spec':{'containers':[{'name':'c','env':[{'name':'E'}]}]}}}}`,
			differs: `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a','labels':{'set':'1','gone':'1'}},'spec':{'template':{'spec':{'containers':[{'name':'c','env':[{'name':'E'}]}]}}}}`,
			ignored: `metadata.labels.added metadata.annotations
				spec.template.spec.containers[c].env[F] spec.template.spec.containers[c].args`,
		},
		{
			name: "a Service with its addresses",
			live: `{` + service + `,'spec':{'type':'NodePort','clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['IPv4'],'ipFamilyPolicy':'SingleStack',
				'internalTrafficPolicy':'Cluster','externalTrafficPolicy':'Cluster','sessionAffinity':'None','ports':[{'name':'h','port':1,'targetPort':1,'nodePort':30000,'protocol':'TCP'}]},'status':{'loadBalancer':{}}}`,
			desired: `{` + service + `,'spec':{'type':'NodePort','ports':[{'name':'h','port':1}]}}`,
			ignored: `spec.ports[h].nodePort spec.ports[h].protocol spec.ports[h].targetPort spec.clusterIP spec.clusterIPs spec.externalTrafficPolicy
				spec.internalTrafficPolicy spec.ipFamilies spec.ipFamilyPolicy spec.sessionAffinity status`,
		},
		{
			name: "a Service that is headless in the cluster only", live: `{` + service + `,'spec':{'clusterIP':'None'}}`, desired: `{` + service + `,'spec':{}}`,
			differs: `{` + service + `,'spec':{'clusterIP':'None'}}`,
		},
		{
			name: "an autoscaler that is shown in a newer version",
			live: `{'apiVersion':'autoscaling/v2',` + scaler + `,'spec':{'minReplicas':1,'maxReplicas':2,'metrics':[{'type':'Resource','resource':{'name':'memory','target':{'type':'AverageValue','averageValue':'1Gi'}}},
				{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':70}}},{'type':'Pods','pods':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'500m'}}}]}}`,
			desired: `{'apiVersion':'autoscaling/v2beta1',` + scaler + `,'spec':{'maxReplicas':2,'metrics':[{'type':'Resource','resource':{'name':'cpu','targetAverageUtilization':70}},
				{'type':'Pods','pods':{'metricName':'m','targetAverageValue':'0.5'}},{'type':'Resource','resource':{'name':'memory','targetAverageValue':'1024Mi'}}]}}`,
			ignored: `apiVersion spec.metrics[0].pods.target.averageValue spec.metrics[2].resource.target.averageValue spec.minReplicas`,
		},
		{
			name: "an autoscaler of autoscaling/v1",
			live: `{'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'a','annotations':{
				'autoscaling.alpha.kubernetes.io/metrics':'[{^type^:^External^,^external^:{^metricName^:^q^,^metricSelector^:{},^targetValue^:^5^}}]'}},'spec':{'maxReplicas':2,'targetCPUUtilizationPercentage':70}}`,
			desired: `{'apiVersion':'autoscaling/v2',` + scaler + `,'spec':{'maxReplicas':2,'metrics':[{'type':'External','external':{'metric':{'name':'q'},'target':{'type':'Value','value':'5'}}},
				{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':70}}}]}}`,
			ignored: `apiVersion metadata.annotations[autoscaling.alpha.kubernetes.io/metrics] spec.metrics[0].external.metric.selector`,
		},
		{
			name: "an autoscaler without metrics", live: `{'apiVersion':'autoscaling/v2',` + scaler + `,'spec':{'maxReplicas':2,'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':80}}}]}}`,
			desired: `{'apiVersion':'autoscaling/v2',` + scaler + `,'spec':{'maxReplicas':2}}`, ignored: "spec.metrics",
		},
		{
			name: "a budget of an older version", live: `{'apiVersion':'policy/v1','kind':'PodDisruptionBudget','metadata':{'name':'a'},'spec':{'minAvailable':1}}`,
			desired: `{'apiVersion':'policy/v1beta1','kind':'PodDisruptionBudget','metadata':{'name':'a'},'spec':{'minAvailable':'1'}}`,
			ignored: "apiVersion spec.minAvailable",
		},
		{
			name: "a Secret with its texts merged", live: `{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a'},'type':'Opaque','data':{'k':'dg==','l':'dw=='}}`,
			desired: `{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a'},'data':{'l':'dw=='},'stringData':{'k':'v'}}`,
			ignored: "type",
		},
		{
			name: "a ServiceAccount with tokens", live: `{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'a'},'secrets':[{'name':'s'},{'name':'a-token-x'}],'imagePullSecrets':[{'name':'p'}]}`,
			desired: `{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'a'},'secrets':[{'name':'s'}]}`,
			ignored: "secrets[a-token-x] imagePullSecrets",
		},
		{
			name: "a kind whose defaults are not known", live: `{` + other + `,'spec':{'a':1,'filled':true}}`, desired: `{` + other + `,'spec':{'a':2}}`,
			differs: `{` + other + `,'spec':{'a':1}}`, ignored: "spec.filled",
		},
		{
			name: "a route that matches nothing more", live: `{'apiVersion':'networking.istio.io/v1','kind':'VirtualService','metadata':{'name':'a'},'spec':{'http':[{'route':[{'weight':100}],'retries':{}}]}}`,
			desired: `{'apiVersion':'networking.istio.io/v1alpha3','kind':'VirtualService','metadata':{'name':'a'},'spec':{'http':[{'route':[{'weight':100}]}]}}`,
			differs: `{'apiVersion':'networking.istio.io/v1alpha3','kind':'VirtualService','metadata':{'name':'a'},'spec':{'http':[{'route':[{'weight':100}],'retries':{}}]}}`,
			ignored: "apiVersion",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			from, to := object(t, tt.live), object(t, tt.desired)
			id := idOf(to)
			aligned, wanted, ignored := live.Align(id, from, to, tt.options)
			if tt.differs == "" {
				if d := cmp.Diff(wanted, aligned); d != "" {
					t.Errorf("a difference (- desired, + live):\n%s", d)
				}
			} else if d := cmp.Diff(object(t, tt.differs), aligned); d != "" {
				t.Errorf("- want, + got:\n%s", d)
			}
			if d := cmp.Diff(strings.Fields(tt.ignored), ignored); d != "" && tt.ignored+strings.Join(ignored, "") != "" {
				t.Errorf("ignored, - want, + got:\n%s", d)
			}
			if d := cmp.Diff(object(t, tt.live), from); d != "" {
				t.Errorf("the live object is changed:\n%s", d)
			}
			if d := cmp.Diff(object(t, tt.desired), to); d != "" {
				t.Errorf("the desired object is changed:\n%s", d)
			}
		})
	}
}
