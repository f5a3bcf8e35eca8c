package values_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, version, file, set string
		want                     []string
	}{
		{
			name: "a file that is no YAML", file: "executor:\n\tport: 1\n",
			want: []string{"v.yaml:2:1: error SDC301: a tab in the indentation; indent with spaces"},
		},
		{
			name: "a password that begins with an asterisk, which no message repeats", file: "a: *secret\n",
			want: []string{"v.yaml:1:4: error SDC301: an alias refers to an anchor that is not in this document; define the anchor with & before it is used, or quote a value that begins with *"},
		},
		{
			name: "a file that is a list", file: "- a\n",
			want: []string{"v.yaml:1:1: error SDC301: values must be a map of keys, not a list; write key: value lines, as in the chart's values.yaml"},
		},
		{
			name: "a file that is one text", file: "secret\n",
			want: []string{"v.yaml:1:1: error SDC301: values must be a map of keys, not a single value; write key: value lines, as in the chart's values.yaml"},
		},
		{
			name: "a value that JSON lacks", file: "executor: {port: .inf}\n",
			want: []string{"v.yaml: error SDC301: JSON cannot represent a value, tag or alias of the file; values become JSON: avoid .inf, .nan, explicit tags and keys that are maps"},
		},
		{name: "an empty file", file: ""},
		{name: "a file of comments", file: "# nothing\n"},
		{
			name: "a key that stands twice", file: "executor:\n  port: 1\n  port: 2\n",
			want: []string{"v.yaml:3:3: warning SDC302 executor.port: duplicate key; Helm uses this value and ignores the one on line 2; join the two places into one"},
		},
		{
			name: "a second document", file: "executor: {port: 1}\n---\nexecutor: {port: 2}\n",
			want: []string{"v.yaml:3:1: warning SDC303: the second document of the values file is ignored, as Helm does; put it into a values file of its own"},
		},
		{
			name: "a flag that is not a pair shows no value", set: "seldonctl.credentials.key=abc,s3cret",
			want: []string{"--set seldonctl.credentials.key: error SDC304: the expression is not a list of key=value pairs; write key.sub=value,other=value, with a backslash before a comma that belongs to a value"},
		},
		{
			name: "a slip of the pen", file: "executer: {port: 1}\nistio: {enabeld: true}\n",
			want: []string{
				"v.yaml:1:1: warning SDC305 executer: unknown key: the chart of Seldon Core 1.7.0 does not read it; did you mean executor?",
				"v.yaml:2:9: warning SDC305 istio.enabeld: unknown key: the chart of Seldon Core 1.7.0 does not read it; did you mean istio.enabled?",
			},
		},
		{
			name: "a key at the wrong level", set: "executor.tlsMode=x",
			want: []string{"--set executor.tlsMode: warning SDC305 executor.tlsMode: unknown key: the chart of Seldon Core 1.7.0 does not read it; did you mean istio.tlsMode?"},
		},
		{
			name: "a key like no other", file: "quux: 1\n",
			want: []string{"v.yaml:1:1: warning SDC305 quux: unknown key: the chart of Seldon Core 1.7.0 does not read it"},
		},
		{
			name: "the misprint of the public documentation", file: "executor: {defaultEnvSecretRefName: s}\n",
			want: []string{"v.yaml:1:12: warning SDC305 executor.defaultEnvSecretRefName: unknown key: the chart of Seldon Core 1.7.0 does not read it; use predictiveUnit.defaultEnvSecretRefName; the public documentation names executor.defaultEnvSecretRefName by mistake"},
		},
		{
			name: "a key inside a model server", file: "predictor_servers: {OWN: {protocols: {any: {imge: x}}, grpc: {}}}\n",
			want: []string{
				"v.yaml:1:45: warning SDC305 predictor_servers.OWN.protocols.any.imge: unknown key; did you mean image?",
				"v.yaml:1:56: warning SDC305 predictor_servers.OWN.grpc: unknown key; known keys: protocols",
			},
		},
		{
			name: "a protocol of a model server", file: "predictor_servers: {OWN: {protocols: {seldom: {image: x}}}}\n",
			want: []string{"v.yaml:1:39: warning SDC305 predictor_servers.OWN.protocols.seldom: unknown key; did you mean seldon?"},
		},
		{
			name: "a key with dots", file: "istio.enabled: true\nexecutor.image.registry: x\n",
			want: []string{
				"v.yaml:1:1: warning SDC305 istio.enabled: a key with dots, which the chart does not read; nest the keys: istio: {enabled: ...}",
				"v.yaml:2:1: warning SDC305 executor.image.registry: a key with dots, which the chart does not read; nest the keys: executor: {image: {registry: ...}}",
			},
		},
		{
			name: "quotes, variables and placeholders",
			file: "storageInitializer: {image: “a/b:1”}\nexecutor: {image: {registry: \"${REGISTRY}\", tag: <tag>}}\npredictor_servers: {OWN: {protocols: {v2: {image: \"{{ image }}\"}}}}\nistio: {enabled: “true”}\n",
			want: []string{
				`v.yaml:1:22: warning SDC120 storageInitializer.image: typographic quotes, which are part of the value; write "a/b:1"`,
				"v.yaml:2:20: warning SDC121 executor.image.registry: nothing replaces the variable, template or placeholder in the value; replace the variable first, for example with envsubst",
				"v.yaml:2:45: warning SDC121 executor.image.tag: nothing replaces the variable, template or placeholder in the value; write what is meant in the place of < and >",
				"v.yaml:3:44: warning SDC121 predictor_servers.OWN.protocols.v2.image: nothing replaces the variable, template or placeholder in the value; render the template first, for example with helm template",
				"v.yaml:4:9: warning SDC321 istio.enabled: expected true or false, found text; write true or false, without quotes",
			},
		},
		{
			name: "keys of the later release", file: "predictiveUnit: {httpPort: 1}\nmanager: {deploymentNameAsPrefix: true, logLevel: x}\n",
			want: []string{
				"v.yaml:1:18: warning SDC306 predictiveUnit.httpPort: has no effect in Seldon Core 1.7.0; it is a key of 1.8.0; remove it, or render 1.8.0 (seldonVersion)",
				"v.yaml:2:11: warning SDC306 manager.deploymentNameAsPrefix: has no effect in Seldon Core 1.7.0; it is a key of 1.12.0; remove it, or render 1.12.0 (seldonVersion)",
			},
		},
		{
			name: "a key of the earlier release", version: "1.18.2", file: "predictiveUnit: {port: 1}\n",
			want: []string{"v.yaml:1:18: warning SDC306 predictiveUnit.port: has no effect in Seldon Core 1.18.2; it is a key of 1.7.0; remove it, or render 1.7.0 (seldonVersion)"},
		},
		{
			name: "a chart key that is never read", file: "predictiveUnit: {port: 1}\n",
			want: []string{"v.yaml:1:18: note SDC307 predictiveUnit.port: has no effect: the operator of Seldon Core 1.7.0 reads PREDICTIVE_UNIT_HTTP_SERVICE_PORT, the chart writes PREDICTIVE_UNIT_SERVICE_PORT; set seldonctl.operator.PREDICTIVE_UNIT_HTTP_SERVICE_PORT to change the first port"},
		},
		{
			name: "keys that change nothing", file: "nameOverride: x\nglobal: {a: 1}\nimage: {registry: x}\nmanager: {cpuLimit: 1}\nrbac: {create: false}\n" +
				"webhook: {x: 1}\ncrd: {forceV1: true}\nusageMetrics: {database: x}\nseldonctl: {credentials: []}\ncredentials: {s3: {s3Endpoint: x, s3UseHttps: '0'}}\n",
		},
		{
			name: "a map that was taken away", file: "executor: null\nengine: {image: mine/engine:1}\n",
			want: []string{
				"v.yaml:1:1: error SDC308 executor: must be a map: the chart reads executor.image.registry and fails without; remove the line to keep the chart's defaults, or set the keys inside to null",
				"v.yaml:2:10: error SDC308 engine.image: must be a map: the chart reads engine.image.registry and fails without; remove the line to keep the chart's defaults, or set the keys inside to null",
			},
		},
		{
			name: "a map where text is wanted", file: "executor: {port: {http: 1}}\nexplainer: x\nseldonctl: {operator: [a]}\n",
			want: []string{
				"v.yaml:1:12: error SDC308 executor.port: must be text, a number or a boolean, not a map",
				"v.yaml:2:1: error SDC308 explainer: must be a map, not text",
				"v.yaml:3:13: error SDC308 seldonctl.operator: must be a map of variables, not a list",
			},
		},
		{
			name: "bare numbers in the operator's configuration",
			file: "storageInitializer: {cpuLimit: 1}\npredictor_servers: {A: {protocols: {seldon: {defaultImageVersion: 1.10}}}}\nexplainer: {image: true}\n",
			want: []string{
				`v.yaml:1:22: warning SDC319 storageInitializer.cpuLimit: must be text, not a number: the operator crashes where it needs storageInitializer; quote it: "1"`,
				"v.yaml:2:46: warning SDC319 predictor_servers.A.protocols.seldon.defaultImageVersion: must be text, not a number: the operator crashes where it needs predictor_servers; put it between double quotes",
				`v.yaml:3:13: warning SDC319 explainer.image: must be text, not a boolean: the operator crashes where it needs explainer; quote it: "true"`,
			},
		},
		{
			name: "maps and texts in each other's place in the operator's configuration",
			file: "storageInitializer: {image: {repository: foo}}\ncredentials: {gcs: x, s3: {s3AccessKeyIDName: [a]}}\npredictor_servers: {A: {protocols: {seldon: {image: x}}}}\n",
			want: []string{
				"v.yaml:1:22: warning SDC319 storageInitializer.image: must be text, not a map: the operator crashes where it needs storageInitializer; write a single value",
				"v.yaml:2:15: warning SDC319 credentials.gcs: must be a map, not text: the operator crashes where it needs credentials; write its keys below it",
				"v.yaml:2:28: warning SDC319 credentials.s3.s3AccessKeyIDName: must be text, not a list: the operator crashes where it needs credentials; write a single value",
			},
		},
		{
			name: "a bare number of a flag", set: "storageInitializer.cpuLimit=1",
			want: []string{`--set storageInitializer.cpuLimit: warning SDC319 storageInitializer.cpuLimit: must be text, not a number: the operator crashes where it needs storageInitializer; quote it: "1"`},
		},
		{
			name: "an apostrophe in the operator's configuration", file: "credentials: {gcs: {gcsCredentialFileName: it's}}\n",
			want: []string{"v.yaml:1:21: error SDC310 credentials.gcs.gcsCredentialFileName: has an apostrophe, which breaks the chart's seldon-config; remove the apostrophe"},
		},
		{
			name: "a number that gets an exponent", file: "defaultUserID: 1000690000\n",
			want: []string{`v.yaml:1:1: warning SDC311 defaultUserID: the chart prints this number as 1.00069e+09, which the operator cannot read as a number; quote it: "1000690000"`},
		},
		{
			name: "images of a release that is known", file: "executor: {image: {tag: 1.18.2}}\nexplainer: {image: mirror/alibiexplainer:1.99.0}\nimage: {tag: v1.18.2}\n",
			want: []string{
				"v.yaml:2:13: warning SDC313 explainer.image: image of Seldon Core 1.99.0 (explainer.image), but 1.7.0 is rendered; see whether the image takes the arguments and environment of 1.7.0, or remove it from the values",
				"v.yaml:3:9: warning SDC313 image: image of Seldon Core 1.18.2 (image, executor.image), but 1.7.0 is rendered; remove the image from the values, or render 1.18.2 (seldonVersion)",
			},
		},
		{name: "an image of a patch of the release", file: "executor: {image: {tag: 1.7.1}}\n"},
		{name: "an image of the user's own", file: "executor: {image: {repository: my/executor, tag: 2.0.0}}\n"},
		{
			name: "rclone in the release of kfserving", file: "storageInitializer: {image: 'seldonio/rclone-storage-initializer:1.18.2'}\n",
			want: []string{"v.yaml:1:22: warning SDC314 storageInitializer.image: this is the rclone storage initializer, while Seldon Core 1.7.0 uses the kfserving storage initializer, which reads other Secrets; make Secrets for it: `seldonctl secret --help` says which command does"},
		},
		{
			name: "kfserving in the release of rclone", version: "1.18.2", file: "storageInitializer: {image: 'gcr.io/kfserving/storage-initializer:v0.4.0'}\n",
			want: []string{"v.yaml:1:22: warning SDC314 storageInitializer.image: this is the kfserving storage initializer, while Seldon Core 1.18.2 uses the rclone storage initializer, which reads other Secrets; make Secrets for it: `seldonctl secret --help` says which command does"},
		},
		{
			name: "variables that nobody reads", file: "seldonctl:\n  operator:\n    USE_EXECUTER: x\n    AMBASSADOR_VERSION: v1\n  operators: {}\n",
			want: []string{
				"v.yaml:3:5: warning SDC315 seldonctl.operator.USE_EXECUTER: the operator of Seldon Core 1.7.0 reads no such variable; did you mean USE_EXECUTOR?",
				"v.yaml:4:5: warning SDC315 seldonctl.operator.AMBASSADOR_VERSION: the operator of Seldon Core 1.7.0 reads no such variable; that of 1.15.0 does",
				"v.yaml:5:3: warning SDC305 seldonctl.operators: unknown key; did you mean operator?",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			version := tt.version
			if version == "" {
				version = "1.7.0"
			}
			overlays := []values.Overlay{values.File("v.yaml", []byte(tt.file))}
			if tt.set != "" {
				overlays = append(overlays, values.Set("--set", tt.set))
			}
			_, list := values.Load(rel(t, version), overlays...)
			if diff := cmp.Diff(tt.want, said(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReleaseDefaultsLoadQuietlyAsFile(t *testing.T) {
	t.Parallel()
	for _, r := range release.All() {
		if _, list := values.Load(r, values.File("values.yaml", defaultsFile(t, r))); len(list) != 0 {
			t.Errorf("%s: %s", r.Version, strings.Join(said(list), "\n"))
		}
	}
}

func TestSuggestionsStopForManyUnknownKeys(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	for i := range 300 {
		fmt.Fprintf(&file, "istio%d: {}\n", i)
	}
	_, list := values.Load(rel(t, "1.7.0"), values.File("values.yaml", []byte(file.String())))
	hints := 0
	for _, f := range list {
		if f.Hint != "" {
			hints++
		}
	}
	if len(list) != 300 || hints != 100 {
		t.Errorf("%d findings, %d of them with a suggestion; want 300 and 100", len(list), hints)
	}
}
