package krm_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const declaredCredentials = `seldonctl:
  credentials:
  - name: bucket
    provider: aws
    fields:
      access-key-id: {file: id.txt}
      secret-access-key: {file: key.txt}
`

func TestCredentialsThatTheValuesDeclareAreWritten(t *testing.T) {
	t.Parallel()
	model := modelIn("iris", place("models/iris.yaml", "0", internalStyle)...) + "      envSecretRefName: bucket\n"
	files := []string{"v/values.yaml", declaredCredentials, "v/id.txt", "the-id\n", "v/key.txt", "the-password\n"}
	first := call(t, listOf([]string{other, model}, configOf("valuesFiles: [v/values.yaml]")), files...)
	if first.code != 0 {
		t.Fatalf("exit code %d: %s", first.code, first.stderr)
	}
	want := []string{
		"Secret/bucket", "ConfigMap/mine", "SeldonDeployment/iris",
		"Service/iris-default-classifier", "Service/iris-default", "Deployment/iris-default-0-classifier",
	}
	if diff := cmp.Diff(want, first.list.ids()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	secret := first.list.named(t, "Secret", "bucket")
	if secret.Metadata.Namespace != "models" || secret.Metadata.Annotations[internalStyle+"/path"] != "credentials-rendered.yaml" {
		t.Errorf("%+v", secret.Metadata)
	}
	t.Run("a second run changes nothing", func(t *testing.T) {
		t.Parallel()
		if got := call(t, first.stdout, files...); got.stdout != first.stdout {
			t.Errorf("(-first +second):\n%s", cmp.Diff(first.stdout, got.stdout))
		}
	})
	t.Run("noSecrets takes them away again", func(t *testing.T) {
		t.Parallel()
		got := call(t, strings.Replace(first.stdout, "valuesFiles: [v/values.yaml]", "{valuesFiles: [v/values.yaml], noSecrets: true}", 1), files...)
		if got.code != 0 || slices.Contains(got.list.ids(), "Secret/bucket") || !strings.Contains(got.stdout, "secretRef:\n") {
			t.Errorf("exit code %d, %s\n%s", got.code, got.stderr, got.stdout)
		}
	})
	t.Run("they go when the values do not declare them any more", func(t *testing.T) {
		t.Parallel()
		got := call(t, first.stdout, "v/values.yaml", "{}")
		if slices.Contains(got.list.ids(), "Secret/bucket") {
			t.Errorf("%v", got.list.ids())
		}
	})
	t.Run("files are read below the folder only, and their content is in no result", func(t *testing.T) {
		t.Parallel()
		for _, c := range []string{strings.Replace(declaredCredentials, "id.txt", "../../id.txt", 1), strings.Replace(declaredCredentials, "id.txt", "none.txt", 1)} {
			got := call(t, listOf([]string{model}, configOf("valuesFiles: [v/values.yaml]")), "v/values.yaml", c, "v/key.txt", "the-password\n")
			if got.code != 1 || strings.Contains(got.stdout+got.stderr, "the-password") {
				t.Errorf("exit code %d, %s", got.code, got.stderr)
			}
		}
	})
}

func TestCredentialsAreFoundInWhatBecomesASecret(t *testing.T) {
	t.Parallel()
	model := strings.Replace(modelIn("iris"), "gs://", "s3://", 1) + "      serviceAccountName: reader\n"
	const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: reader, namespace: models}\nsecrets: [{name: bucket}]\n"
	const named = "metadata: {name: bucket, namespace: models}\n"
	for name, secret := range map[string]string{
		"ExternalSecret": "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n" + named + "spec: {data: [{secretKey: awsAccessKeyID}, {secretKey: awsSecretAccessKey}]}\n",
		"SealedSecret":   "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n" + named + "spec: {encryptedData: {awsAccessKeyID: x, awsSecretAccessKey: y1}}\n",
		"SOPS":           "apiVersion: v1\nkind: Secret\n" + named + "data: {awsAccessKeyID: 'ENC[x]', awsSecretAccessKey: 'ENC[y]'}\nsops: {version: 3.9.0}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, listOf([]string{model, account, secret}))
			if got.code != 0 || got.stderr != "" || !strings.Contains(got.stdout, "key: awsSecretAccessKey") {
				t.Errorf("exit code %d, %s", got.code, got.stderr)
			}
		})
	}
}

func TestCredentialsAreFoundUnderTheNamesBeforeKustomizeRenamed(t *testing.T) {
	t.Parallel()
	renamed := func(kind, name, before, more string) string {
		return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n  namespace: models\n  annotations:\n    internal.config.kubernetes.io/previousNames: " + before + "\n" + more
	}
	const keys = "stringData: {awsAccessKeyID: a, awsSecretAccessKey: b}\n"
	account := renamed("ServiceAccount", "b-a-reader", "reader,a-reader", "secrets: [{name: bucket}]\n")
	model := strings.Replace(modelIn("iris"), "gs://", "s3://", 1) + "      serviceAccountName: reader\n"
	for name, c := range map[string]struct {
		items []string
		found bool
	}{
		"renamed":                   {[]string{model, account, renamed("Secret", "a-bucket", "bucket", keys)}, true},
		"moved only":                {[]string{model, account, renamed("Secret", "bucket", "bucket", keys)}, true},
		"another has the name now":  {[]string{model, account, renamed("Secret", "a-bucket", "bucket", keys), renamed("Secret", "bucket", "old", "stringData: {x: z}\n")}, false},
		"nobody knows which":        {[]string{model, account, renamed("Secret", "a-bucket", "bucket", keys), renamed("Secret", "b-bucket", "bucket", keys)}, false},
		"a controller makes it":     {[]string{model, account, strings.NewReplacer("v1\n", "external-secrets.io/v1\n", "kind: Secret", "kind: ExternalSecret").Replace(renamed("Secret", "a-bucket", "bucket", "spec: {data: [{secretKey: awsSecretAccessKey}]}\n"))}, false},
		"the name is another's now": {[]string{model, renamed("ServiceAccount", "reader", "other", ""), account, renamed("Secret", "a-bucket", "bucket", keys)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, listOf(c.items))
			if found := strings.Contains(got.stdout, "key: awsSecretAccessKey"); got.code != 0 || found != c.found {
				t.Errorf("exit code %d, found: %v; %s", got.code, found, got.stderr)
			}
			if c.found && got.stderr != "" {
				t.Errorf("%s", got.stderr)
			}
		})
	}
}

func TestServiceAccountsAreCreatedOnRequest(t *testing.T) {
	t.Parallel()
	model := modelIn("iris") + "      serviceAccountName: reader\n"
	got := call(t, listOf([]string{model}, configOf("createServiceAccounts: true")))
	if got.code != 0 || got.list.Items[0].Kind != "ServiceAccount" || got.list.Items[0].Metadata.Name != "reader" || got.stderr != "" {
		t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
	}
	got = call(t, listOf([]string{model}))
	if got.code != 0 || len(got.list.Items) != 4 || !strings.Contains(got.stderr, "SDC632") {
		t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
	}
}

func TestPlainServiceAccountsStayInASecondRun(t *testing.T) {
	t.Parallel()
	model := modelIn("iris", place("iris.yaml", "0", internalStyle)...) + "      serviceAccountName: bucket\n"
	first := call(t, listOf([]string{model}, configOf("createServiceAccounts: true")))
	if first.list.ids()[0] != "ServiceAccount/bucket" {
		t.Fatalf("%v", first.list.ids())
	}
	if second := call(t, first.stdout); second.stdout != first.stdout {
		t.Errorf("(-first +second):\n%s", cmp.Diff(first.stdout, second.stdout))
	}
}

func TestModelsInAListAreRenderedInItsPlace(t *testing.T) {
	t.Parallel()
	list := "apiVersion: v1\nkind: List\nitems:\n" + asItem(modelIn("iris")) + asItem(modelIn("wine"))
	got := call(t, listOf([]string{list, other}))
	if want := 1 + 2*3 + 1; got.code != 0 || len(got.list.Items) != want || got.list.ids()[want-1] != "ConfigMap/mine" {
		t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
	}
	if second := call(t, got.stdout); second.stdout != got.stdout {
		t.Errorf("(-first +second):\n%s", cmp.Diff(got.stdout, second.stdout))
	}
	mixed := "apiVersion: v1\nkind: List\nitems:\n" + asItem(modelIn("iris")) + asItem(other)
	if got := call(t, listOf([]string{mixed})); got.code != 1 || !strings.Contains(got.stderr, "ConfigMap/mine is not a SeldonDeployment") {
		t.Errorf("exit code %d, %s", got.code, got.stderr)
	}
	foreign := "apiVersion: v1\nkind: List\nitems:\n" + asItem(other)
	if got := call(t, listOf([]string{foreign, modelIn("iris")})); got.code != 0 || !strings.Contains(got.stdout, asItem(foreign)) {
		t.Errorf("exit code %d, %s", got.code, got.stderr)
	}
}
