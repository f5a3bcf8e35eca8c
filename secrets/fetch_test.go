package secrets_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

// TestFetch holds one unit's model against the Secrets it is given.
func TestFetch(t *testing.T) {
	t.Parallel()
	facts := func(keys ...string) *secrets.Facts {
		f := secrets.Inspect(keys, secrets.KeyNames{})
		return &f
	}
	s3 := facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "USE_SSL")
	azure := facts("AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID")
	remoteS3 := facts("RCLONE_CONFIG_S3_TYPE", "RCLONE_CONFIG_S3_PROVIDER")
	attachedS3, attachedGCS := facts("awsAccessKeyID", "awsSecretAccessKey"), facts("gcloud-application-credentials.json")
	const blob = "https://acct.blob.core.windows.net/models/iris"
	const (
		noS3      = "uri: SDC624 note: nothing gives credentials for s3://; name a Secret with envSecretRefName, or a ServiceAccount that has one attached; nothing is needed for a public model"
		forRclone = "uri: SDC621 warning: the Secret is for the rclone storage initializer (Seldon Core 1.8 and later), but the kfserving storage initializer fetches the model; make the Secret with `seldonctl secret aws`, minio, azure or gcp"
		forKF     = "uri: SDC621 warning: the Secret is for the kfserving storage initializer (Seldon Core up to 1.7), but the rclone storage initializer fetches the model; make the Secret with `seldonctl secret rclone`"
		useThese  = "; use s3://, gs://, https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH, pvc:// or file://, or an initializer image of your own"
		useAzure  = "; write azureblob://CONTAINER/PATH, with a Secret of `seldonctl secret rclone --type azureblob`"
		useBucket = "; rclone takes the scheme for the name of a remote; put the model into a bucket, s3://BUCKET/PATH or gs://BUCKET/PATH"
	)
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
	unknown := func(f secrets.Fetch) secrets.Fetch { f.SecretUnknown = true; return f }
	custom := func(f secrets.Fetch) secrets.Fetch { f.CustomImage = true; return f }
	for _, tt := range []struct {
		name  string
		fetch secrets.Fetch
		want  string
	}{
		{"kfserving: s3 with keys", kf("s3://b/m", s3), ""},
		{"kfserving: s3 with an attached Secret", kf("s3://b/m", nil, attachedGCS, attachedS3), ""},
		{"kfserving: s3 without anything", kf("s3://b/m", nil), noS3},
		{"kfserving: s3 with another attached Secret", kf("s3://b/m", nil, attachedGCS), noS3},
		{"kfserving: s3 with a Secret that is not in the input", unknown(kf("s3://b/m", nil)), ""},
		{"kfserving: s3 with a key misspelt", kf("s3://b/m", facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY")),
			"uri: SDC622 warning: the Secret lacks AWS_SECRET_ACCESS_KEY, which s3:// needs; see whether a key of the Secret is misspelt; `seldonctl secret` makes Secrets for each kind of storage"},
		{"kfserving: s3 with a Secret for rclone", kf("s3://b/m", remoteS3), forRclone},
		{"kfserving: a Secret for both", kf("s3://b/m", facts("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "RCLONE_CONFIG_S3_TYPE")), ""},
		{"kfserving: gs is anonymous", kf("gs://b/m", nil), ""},
		{"kfserving: gs with some other Secret, such as a default one", kf("gs://b/m", s3), ""},
		{"kfserving: gs with a Secret for rclone", kf("gs://b/m", remoteS3), forRclone},
		{"kfserving: gs attached", kf("gs://b/m", nil, attachedGCS), ""},
		{"kfserving: Azure with all four", kf(blob, azure), ""},
		{"kfserving: Azure with three", kf(blob, facts("AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET")),
			"uri: SDC622 warning: the Secret lacks AZ_SUBSCRIPTION_ID, which Azure Blob Storage needs; see whether a key of the Secret is misspelt; `seldonctl secret` makes Secrets for each kind of storage"},
		{"kfserving: Azure is anonymous", kf(blob, nil), ""},
		{"kfserving: Azure without a path", kf("https://acct.blob.core.windows.net/models", nil),
			"uri: SDC623 warning: the kfserving storage initializer needs a / after the container of an Azure URI; write https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH"},
		{"kfserving: a volume", kf("pvc://claim/m", nil), ""},
		{"kfserving: a path", kf("/mnt/m", nil), ""},
		{"kfserving: a file", kf("file:///mnt/m", nil), ""},
		{"kfserving: nothing", kf("", nil), ""},
		{"kfserving: a web server", kf("https://example.org/m.zip?token=hunter2", nil), "uri: SDC623 warning: the kfserving storage initializer cannot read https://example.org" + useThese},
		{"kfserving: a password in the URI", kf("https://u:hunter2@example.org/m", nil), "uri: SDC623 warning: the kfserving storage initializer cannot read https://" + useThese},
		{"kfserving: hdfs", kf("hdfs://n/m", s3), "uri: SDC623 warning: the kfserving storage initializer cannot read hdfs://" + useThese},
		{"kfserving: an image of one's own", custom(kf("hdfs://n/m", nil)), ""},

		{"rclone: s3 with its remote", rc("s3://b/m", remoteS3), ""},
		{"rclone: capitals do not count", rc("S3:b/m", remoteS3), ""},
		{"rclone: s3 without anything", rc("s3://b/m", nil),
			"uri: SDC624 note: nothing configures rclone for s3://; name a Secret with envSecretRefName that has RCLONE_CONFIG_S3_TYPE; `seldonctl secret rclone` makes it"},
		{"rclone: s3 with a Secret attached", rc("s3://b/m", nil, attachedS3),
			"uri: SDC624 note: nothing configures rclone for s3://: a ServiceAccount's Secret brings no remote; name a Secret with envSecretRefName that has RCLONE_CONFIG_S3_TYPE; `seldonctl secret rclone` makes it"},
		{"rclone: s3 with a Secret that is not in the input", unknown(rc("s3://b/m", nil)), ""},
		{"rclone: s3 with a Secret for kfserving", rc("s3://b/m", s3), forKF},
		{"rclone: a remote of another name", rc("s3://b/m", facts("RCLONE_CONFIG_MYS3_TYPE")),
			"uri: SDC622 warning: the Secret has no variable RCLONE_CONFIG_S3_TYPE, so that rclone has no remote \"s3\"; the Secret is for URIs that begin with mys3://; rename its remote with `seldonctl secret rclone --remote s3`, or change the scheme"},
		{"rclone: a remote without its type", rc("s3://b/m", facts("RCLONE_CONFIG_S3_PROVIDER")),
			"uri: SDC622 warning: the Secret has no variable RCLONE_CONFIG_S3_TYPE, so that rclone has no remote \"s3\"; make the Secret with `seldonctl secret rclone --remote s3`"},
		{"rclone: gs is built in", rc("gs://b/m", nil), ""},
		{"rclone: gs with a Secret for s3", rc("gs://b/m", remoteS3), ""},
		{"rclone: gs that stays anonymous", rc("gs://b/m", facts("RCLONE_CONFIG_GS_TYPE", "RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS")),
			"uri: SDC622 warning: the Secret lacks RCLONE_CONFIG_GS_ANONYMOUS: the initializer's image makes gs:// anonymous, and credentials are not looked at; add RCLONE_CONFIG_GS_ANONYMOUS with the value false, or make the Secret with `seldonctl secret rclone --type gcs`"},
		{"rclone: gs that does not", rc("gs://b/m", facts("RCLONE_CONFIG_GS_TYPE", "RCLONE_CONFIG_GS_ANONYMOUS")), ""},
		{"rclone: gcs is another remote than gs", rc("gcs://b/m", nil),
			"uri: SDC624 note: nothing configures rclone for gcs://; name a Secret with envSecretRefName that has RCLONE_CONFIG_GCS_TYPE; `seldonctl secret rclone` makes it"},
		{"rclone: Azure's address", rc(blob, azure), "uri: SDC623 warning: the rclone storage initializer cannot read https://acct.blob.core.windows.net" + useAzure},
		{"rclone: Hadoop's scheme for Azure", rc("wasbs://c@acct.blob.core.windows.net/m", nil), "uri: SDC623 warning: the rclone storage initializer cannot read wasbs://" + useAzure},
		{"rclone: a web server", rc("http://example.org/m", nil), "uri: SDC623 warning: the rclone storage initializer cannot read http://" + useBucket},
		{"rclone: a path", rc("/mnt/m", nil), ""},
		{"rclone: a remote within the URI", rc(":s3:b/m", nil), ""},
		{"rclone: an image of one's own", custom(rc("https://example.org/m", nil)), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			if d := cmp.Diff(want, saidAll(tt.fetch.Check(field.NewPath("uri")))); d != "" {
				t.Error(d)
			}
		})
	}
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
