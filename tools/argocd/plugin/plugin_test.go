// Package plugin holds tests of examples/argocd under Argo CD's own server for
// plugins. They are a module of their own, so that what they need is not needed by
// seldonctl.
package plugin

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argoproj/argo-cd/v3/cmpserver/apiclient"
	"github.com/argoproj/argo-cd/v3/cmpserver/plugin"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
)

// serve starts Argo CD's server with the plugin that is shipped, and seldonctl in
// its path.
func serve(t *testing.T) apiclient.ConfigManagementPluginServiceClient {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin, "./cmd/seldonctl")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("TMPDIR", t.TempDir())

	shipped := filepath.Join(root, "examples", "argocd")
	text, err := os.ReadFile(filepath.Join(shipped, "plugin.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	const image = "/home/argocd/cmp-server/config"
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, common.PluginConfigFileName), []byte(strings.ReplaceAll(string(text), image, shipped)), 0o666); err != nil {
		t.Fatal(err)
	}
	config, err := plugin.ReadPluginConfig(folder)
	if err != nil {
		t.Fatal(err)
	}
	service := plugin.NewService(plugin.CMPServerInitConstants{PluginConfig: *config})
	if err := service.Init(common.GetCMPWorkDir()); err != nil {
		t.Fatal(err)
	}
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	apiclient.RegisterConfigManagementPluginServiceServer(server, service)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	conn, err := grpc.NewClient("passthrough:///plugin", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return apiclient.NewConfigManagementPluginServiceClient(conn)
}

func model(name string) string {
	return fmt.Sprintf(`{"apiVersion": "machinelearning.seldon.io/v1", "kind": "SeldonDeployment", "metadata": {"name": %q},
"spec": {"predictors": [{"name": "p", "graph": {"name": "m", "implementation": "SKLEARN_SERVER", "modelUri": "gs://b/m"}}]}}`, name)
}

func text(s string) *string { return &s }

func TestPlugin(t *testing.T) {
	client := serve(t)
	app := t.TempDir()
	for name, content := range map[string]string{
		"models/iris.json": model("iris"), "other/wine.yaml": model("wine"), "values.yaml": "{}", "one.yaml": "executor: {image: {tag: one}}",
		"empty/notes.txt": "-",
	} {
		path := filepath.Join(app, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name       string
		parameters v1alpha1.ApplicationSourcePluginParameters
		// found says that the application is the plugin's; finding, that asking fails.
		found          bool
		finding        string
		generated, not []string
		fails          string
	}{
		{name: "nothing set", found: true, generated: []string{"name: iris-p\n", "namespace: team\n", "executor:1.7.0\n"}},
		{
			name: "another folder", found: true, generated: []string{"name: wine-p\n"}, not: []string{"name: iris"},
			parameters: v1alpha1.ApplicationSourcePluginParameters{{Name: "path", String_: text("other")}},
		},
		{
			name: "values", found: true, generated: []string{"registry.example.com/seldonio/seldon-core-executor:one\n"},
			parameters: v1alpha1.ApplicationSourcePluginParameters{
				{Name: "values-files", OptionalArray: &v1alpha1.OptionalArray{Array: []string{"values.yaml", "one.yaml"}}},
				{Name: "values", String_: text("executor:\n  image:\n    registry: elsewhere\n")},
				{Name: "set", OptionalArray: &v1alpha1.OptionalArray{Array: []string{"executor.image.registry=registry.example.com"}}},
			},
		},
		{
			name: "outside", finding: "the parameter path must name something in the application's folder", fails: "the parameter path",
			parameters: v1alpha1.ApplicationSourcePluginParameters{{Name: "path", String_: text("../other")}},
		},
		{
			name: "values outside", found: true, fails: "the parameter values-files",
			parameters: v1alpha1.ApplicationSourcePluginParameters{{Name: "values-files", OptionalArray: &v1alpha1.OptionalArray{Array: []string{"/etc/passwd"}}}},
		},
		{
			name: "no models", fails: "SDC721",
			parameters: v1alpha1.ApplicationSourcePluginParameters{{Name: "path", String_: text("empty")}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			plugged := v1alpha1.ApplicationSourcePlugin{Parameters: c.parameters}
			env, err := plugged.Parameters.Environ()
			if err != nil {
				t.Fatal(err)
			}
			env = append(env, "ARGOCD_APP_NAMESPACE=team", "KUBE_VERSION=1.34.1")

			match, err := client.MatchRepository(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := cmp.SendRepoStream(t.Context(), app, app, match, env, nil); err != nil {
				t.Fatal(err)
			}
			matched, err := match.CloseAndRecv()
			if c.finding != "" {
				if err == nil || !strings.Contains(err.Error(), c.finding) {
					t.Errorf("discovery: %v", err)
				}
			} else if err != nil || matched.IsSupported != c.found {
				t.Errorf("discovery: %v, %v", matched, err)
			}

			generate, err := client.GenerateManifest(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := cmp.SendRepoStream(t.Context(), app, app, generate, env, nil); err != nil {
				t.Fatal(err)
			}
			out, err := generate.CloseAndRecv()
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			manifests := strings.ReplaceAll(strings.Join(out.Manifests, "\n"), `"`, "")
			for _, want := range c.generated {
				if !strings.Contains(manifests, jsonField(want)) {
					t.Errorf("%q is missing:\n%s", want, manifests)
				}
			}
			for _, not := range c.not {
				if strings.Contains(manifests, jsonField(not)) {
					t.Errorf("%q is there:\n%s", not, manifests)
				}
			}
		})
	}
	announce, err := client.GetParametersAnnouncement(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := cmp.SendRepoStream(t.Context(), app, app, announce, nil, nil); err != nil {
		t.Fatal(err)
	}
	announced, err := announce.CloseAndRecv()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range announced.ParameterAnnouncements {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "values-files path seldon-version server-side-apply strict validate values set" {
		t.Errorf("announced: %s", got)
	}
}

// jsonField is a line of YAML as it stands in the JSON of Argo CD, without quotes.
func jsonField(line string) string {
	return strings.ReplaceAll(strings.TrimSuffix(line, "\n"), ": ", ":")
}
