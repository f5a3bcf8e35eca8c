package secrets_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

// TestFetch holds one unit's model against the Secrets it is given.
func TestFetch(t *testing.T) {
	t.Parallel()
	facts := func(keys ...string) *secrets.Facts {
		f := secrets.Inspect(known(keys...), secrets.KeyNames{})
		return &f
	}
	s3 := facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "USE_SSL")
	azure := facts("AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID")
	remoteS3 := facts("RCLONE_CONFIG_S3_TYPE", "RCLONE_CONFIG_S3_PROVIDER")
	attachedS3, attachedGCS := facts("awsAccessKeyID", "awsSecretAccessKey"), facts("gcloud-application-credentials.json")
	const blob = "https://acct.blob.core.windows.net/models/iris"
	kf := func(uri string, variables *secrets.Facts, attached ...*secrets.Facts) secrets.Fetch {
		f := secrets.Fetch{URI: uri, Initializer: release.KFServingInitializer, Variables: variables}
		for _, a := range attached {
			f.Attached = append(f.Attached, *a)
		}
		return f
	}
	rc := func(uri string, variables *secrets.Facts, attached ...*secrets.Facts) secrets.Fetch {
		f := kf(uri, variables, attached...)
		f.Initializer = release.RcloneInitializer
		return f
	}
	shared := func(f secrets.Fetch) secrets.Fetch { f.SharedVariables, f.SharedAccount = true, true; return f }
	unknown := func(f secrets.Fetch) secrets.Fetch { f.SecretUnknown = true; return f }
	custom := func(f secrets.Fetch) secrets.Fetch { f.CustomImage = true; return f }
	var out strings.Builder
	for _, tt := range []struct {
		name  string
		fetch secrets.Fetch
	}{
		{"kfserving: s3 with keys", kf("s3://b/m", s3)},
		{"kfserving: s3 with an attached Secret", kf("s3://b/m", nil, attachedGCS, attachedS3)},
		{"kfserving: s3 without anything", kf("s3://b/m", nil)},
		{"kfserving: s3 with another attached Secret", kf("s3://b/m", nil, attachedGCS)},
		{"kfserving: s3 with a Secret that is not in the input", unknown(kf("s3://b/m", nil))},
		{"kfserving: s3 with a key misspelt", kf("s3://b/m", facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY"))},
		{"kfserving: s3 with a Secret for rclone", kf("s3://b/m", remoteS3)},
		{"kfserving: a Secret for both", kf("s3://b/m", facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "RCLONE_CONFIG_S3_TYPE"))},
		{"kfserving: gs is anonymous", kf("gs://b/m", nil)},
		{"kfserving: gs with a Secret for s3", kf("gs://b/m", s3)},
		{"kfserving: gs with a Secret for s3 that every unit has", shared(kf("gs://b/m", s3, attachedS3))},
		{"kfserving: gs with a key file in the environment", kf("gs://b/m", attachedGCS)},
		{"kfserving: gs with a key file of another name attached", kf("gs://b/m", nil, facts("key.json"))},
		{"kfserving: gs with a registry's Secret attached", kf("gs://b/m", nil, facts(".dockerconfigjson"))},
		{"kfserving: s3 with nothing that the operator takes attached", kf("s3://b/m", nil, s3)},
		{"kfserving: s3 attached without its ID", kf("s3://b/m", nil, facts("awsSecretAccessKey"))},
		{"kfserving: Azure with a Secret for s3", kf(blob, s3)},
		{"kfserving: Azure with a Secret for s3 that every unit has", shared(kf(blob, s3))},
		{"kfserving: Azure with a Secret attached", kf(blob, nil, attachedS3)},
		{"kfserving: gs with a Secret for rclone", kf("gs://b/m", remoteS3)},
		{"kfserving: gs attached", kf("gs://b/m", nil, attachedGCS)},
		{"kfserving: Azure with all four", kf(blob, azure)},
		{"kfserving: Azure with three", kf(blob, facts("AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET"))},
		{"kfserving: Azure is anonymous", kf(blob, nil)},
		{"kfserving: Azure without a path", kf("https://acct.blob.core.windows.net/models", nil)},
		{"kfserving: a volume", kf("pvc://claim/m", nil)},
		{"kfserving: a path", kf("/mnt/m", nil)},
		{"kfserving: a file", kf("file:///mnt/m", nil)},
		{"kfserving: nothing", kf("", nil)},
		{"kfserving: a web server", kf("https://example.org/m.zip?token=hunter2", nil)},
		{"kfserving: a password in the URI", kf("https://u:hunter2@example.org/m", nil)},
		{"kfserving: hdfs", kf("hdfs://n/m", s3)},
		{"kfserving: an image of one's own", custom(kf("hdfs://n/m", nil))},
		{"rclone: s3 with its remote", rc("s3://b/m", remoteS3)},
		{"rclone: capitals do not count", rc("S3:b/m", remoteS3)},
		{"rclone: s3 without anything", rc("s3://b/m", nil)},
		{"rclone: s3 with a Secret attached", rc("s3://b/m", nil, attachedS3)},
		{"rclone: s3 with a Secret that is not in the input", unknown(rc("s3://b/m", nil))},
		{"rclone: s3 with a Secret for kfserving", rc("s3://b/m", s3)},
		{"rclone: a remote of another name", rc("s3://b/m", facts("RCLONE_CONFIG_MYS3_TYPE"))},
		{"rclone: a remote without its type", rc("s3://b/m", facts("RCLONE_CONFIG_S3_PROVIDER"))},
		{"rclone: gs is built in", rc("gs://b/m", nil)},
		{"rclone: gs with a Secret for s3", rc("gs://b/m", remoteS3)},
		{"rclone: gs with a Secret for s3 that every unit has", shared(rc("gs://b/m", remoteS3))},
		{"rclone: gs that stays anonymous", rc("gs://b/m", facts("RCLONE_CONFIG_GS_TYPE", "RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS"))},
		{"rclone: gs that does not", rc("gs://b/m", facts("RCLONE_CONFIG_GS_TYPE", "RCLONE_CONFIG_GS_ANONYMOUS"))},
		{"rclone: gcs is another remote than gs", rc("gcs://b/m", nil)},
		{"rclone: Azure's address", rc(blob, azure)},
		{"rclone: Hadoop's scheme for Azure", rc("wasbs://c@acct.blob.core.windows.net/m", nil)},
		{"rclone: a web server", rc("http://example.org/m", nil)},
		{"rclone: a path", rc("/mnt/m", nil)},
		{"rclone: a remote within the URI", rc(":s3:b/m", nil)},
		{"rclone: an image of one's own", custom(rc("https://example.org/m", nil))},
	} {
		fmt.Fprintf(&out, "# %s\n", tt.name)
		for _, line := range saidAll(tt.fetch.Check(field.NewPath("uri"))) {
			out.WriteString(line + "\n")
		}
	}
	goldenFile(t, "fetch.txt", out.String())
}

func TestCheckReaderWarnsAboutTheOtherInitializer(t *testing.T) {
	t.Parallel()
	p, _ := secrets.Lookup("rclone")
	result := p.Build(secrets.Request{Name: "m", Choice: secrets.Choice{Auth: "iam"}})
	if got := result.CheckReader(release.RcloneInitializer); len(got) > 0 {
		t.Errorf("got %v", saidAll(got))
	}
	want := []string{"SDC621 warning: the Secret is for the rclone storage initializer (Seldon Core 1.8 and later), but the kfserving storage initializer fetches the models here; make the Secret with `seldonctl secret aws`, minio, azure or gcp"}
	if d := cmp.Diff(want, saidAll(result.CheckReader(release.KFServingInitializer))); d != "" {
		t.Error(d)
	}
}

func TestCheckStorageWarnsAboutPrincipalsThatAreNotRead(t *testing.T) {
	t.Parallel()
	p, _ := secrets.Lookup("rclone")
	result := p.Build(secrets.Request{Name: "m", Choice: secrets.Choice{Type: "azureblob", Auth: "service-principal"}})
	for version, want := range map[string]int{"1.7.0": 1, "1.8.0": 1, "1.17.1": 1, "1.18.0": 0} {
		rel, err := release.Lookup(version)
		if err != nil {
			t.Fatal(err)
		}
		if got := result.CheckStorage(rel.Storage); len(got) != want {
			t.Errorf("%s: got %v", version, saidAll(got))
		}
	}
}

// known is what is known of a Secret with such keys and values that can work.
func known(keys ...string) secrets.Known {
	return secrets.Look(working(keys...))
}

func working(keys ...string) map[string]string {
	values := map[string]string{}
	for _, key := range keys {
		switch {
		case strings.HasSuffix(key, ".json"), strings.HasSuffix(key, "CREDENTIALS"):
			values[key] = keyFile
		case strings.HasSuffix(key, "ENDPOINT") || strings.HasSuffix(key, "ENDPOINT_URL"):
			values[key] = "http://minio:9000"
		case strings.HasSuffix(key, "_TYPE"):
			kind, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(key, "RCLONE_CONFIG_")), "_")
			values[key] = map[string]string{"s3": "s3", "azureblob": "azureblob"}[kind]
			if values[key] == "" {
				values[key] = "google cloud storage"
			}
		case strings.HasSuffix(key, "_ANONYMOUS"):
			values[key] = "false"
		default:
			values[key] = "x"
		}
	}
	return values
}

// TestFetchTable holds every storage against every Secret on every path to either
// initializer. What works and what does not is told apart here by a table of what
// each initializer reads; the golden file has what is said.
func TestFetchTable(t *testing.T) {
	t.Parallel()
	type content struct {
		name, storage string
		attached      bool
		keys          []string
	}
	contents := []content{
		{"s3", "s3", false, []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"}},
		{"azure", "azure", false, []string{"AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID"}},
		{"s3 attached", "s3", true, []string{"awsAccessKeyID", "awsSecretAccessKey"}},
		{"gcs attached", "gcs", true, []string{"gcloud-application-credentials.json"}},
		{"rclone s3", "s3", false, []string{"RCLONE_CONFIG_S3_ACCESS_KEY_ID", "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY", "RCLONE_CONFIG_S3_TYPE", "RCLONE_CONFIG_S3_ENDPOINT"}},
		{"rclone gs", "gcs", false, []string{"RCLONE_CONFIG_GS_TYPE", "RCLONE_CONFIG_GS_ANONYMOUS", "RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS"}},
		{"rclone azureblob", "azure", false, []string{"RCLONE_CONFIG_AZUREBLOB_TYPE", "RCLONE_CONFIG_AZUREBLOB_ACCOUNT", "RCLONE_CONFIG_AZUREBLOB_KEY"}},
		{"something else", "", false, []string{"password"}},
	}
	uris := []struct{ uri, storage string }{
		{"s3://b/m", "s3"}, {"gs://b/m", "gcs"}, {"https://a.blob.core.windows.net/c/m", "azure"}, {"azureblob://c/m", "azure"},
	}
	ways := []string{"right", "one key less", "a line break", "a placeholder", "an empty value"}
	rows := map[string][]string{}
	for _, reader := range []release.Initializer{release.KFServingInitializer, release.RcloneInitializer} {
		isRclone := reader == release.RcloneInitializer
		for _, uri := range uris {
			readable := isRclone && !strings.HasPrefix(uri.uri, "https") || !isRclone && !strings.HasPrefix(uri.uri, "azureblob")
			cell := func(path, secret, how string, works bool, f secrets.Fetch, public bool) {
				f.URI, f.Initializer = uri.uri, reader
				found := f.Check(field.NewPath("uri"))
				row := fmt.Sprintf("%s, %s, %s, %s", reader, uri.uri, secret, path)
				name := row + ", " + how
				warns := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Severity == finding.Warning })
				switch {
				case works && len(found) > 0:
					t.Errorf("%s works, and there is %v", name, saidAll(found))
				case !works && !warns && !public:
					t.Errorf("%s cannot work, and there is no warning", name)
				}
				said := "-"
				if len(found) > 0 {
					said = fmt.Sprintf("%s %s", found[0].Code, found[0].Severity)
				}
				rows[row] = append(rows[row], said)
			}
			public := readable && (!isRclone || uri.storage == "gcs")
			cell("nothing", "no Secret", "right", readable && uri.storage == "gcs", secrets.Fetch{}, public)
			for _, c := range contents {
				for _, how := range ways {
					values := working(c.keys...)
					switch last := c.keys[len(c.keys)-1]; {
					case c.storage == "" && how != "right", how == "one key less" && len(c.keys) == 1:
						continue
					case how == "one key less":
						// The second key is one that nothing works without, whatever the storage.
						delete(values, c.keys[1])
					case how == "a line break":
						values[c.keys[0]] += "\n"
						if len(c.keys) == 1 {
							values[last] = "{}"
						}
					case how == "a placeholder":
						values[last] = "XXXX"
					case how == "an empty value":
						values[c.keys[1%len(c.keys)]] = ""
						if c.name == "rclone gs" {
							// rclone takes an empty switch for off.
							values[c.keys[1]], values[last] = "", ""
						}
					}
					facts := secrets.Inspect(secrets.Look(values), secrets.KeyNames{})
					fits := readable && how == "right" && c.storage == uri.storage && strings.HasPrefix(c.name, "rclone") == isRclone
					cell("environment", c.name, how, fits && !c.attached, secrets.Fetch{Variables: &facts}, false)
					// A Secret that every unit has is for other units where it is of no use here.
					cell("values' default", c.name, how, fits && !c.attached || readable && uri.storage == "gcs" && c.storage != "gcs" && (isRclone || !strings.HasPrefix(c.name, "rclone")),
						secrets.Fetch{Variables: &facts, SharedVariables: true}, public && (c.storage != uri.storage || c.attached))
					cell("ServiceAccount", c.name, how, fits && c.attached, secrets.Fetch{Attached: []secrets.Facts{facts}}, false)
				}
			}
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "initializer, URI, Secret, path: %s\n", strings.Join(ways, " | "))
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(&out, "%s: %s\n", row, strings.Join(rows[row], " | "))
	}
	goldenFile(t, "fetch_table.txt", out.String())
}
