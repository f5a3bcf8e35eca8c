package secrets

import (
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

const (
	typeS3    = "s3"
	typeMinIO = "minio"
	typeGCS   = "gcs"
	typeAzure = "azureblob"

	// rcloneGCS is rclone's own name for the type, which has blanks in it.
	rcloneGCS = "google cloud storage"
)

// What pods need so that a webhook gives them the identity of their
// ServiceAccount: the annotation of the ServiceAccount, and a label of their own.
const (
	AnnotationAzureIdentity = "azure.workload.identity/client-id"
	LabelAzureIdentity      = "azure.workload.identity/use"
)

// rcloneServers are the makes of S3 servers that rclone 1.64 knows, as it spells
// them: every release of it compares them to the letter.
var rcloneServers = [...]string{
	"AWS", "Alibaba", "ArvanCloud", "Ceph", "ChinaMobile", "Cloudflare", "DigitalOcean", "Dreamhost", "GCS", "HuaweiOBS",
	"IBMCOS", "IDrive", "IONOS", "LyveCloud", "Leviia", "Liara", "Minio", "Netease", "Petabox", "RackCorp",
	"Scaleway", "SeaweedFS", "StackPath", "Storj", "Synology", "TencentCOS", "Wasabi", "Qiniu", "Other",
}

// rcloneServer returns a make as rclone spells it, or as it is if rclone does not
// know it.
func rcloneServer(name string) string {
	for _, known := range rcloneServers {
		if strings.EqualFold(known, name) {
			return known
		}
	}
	return name
}

// storageTypes are the values of TYPE that Secrets are made with.
var storageTypes = [...]string{typeS3, rcloneGCS, typeGCS, typeAzure}

// rclone makes the variables RCLONE_CONFIG_<REMOTE>_<OPTION>
// (docs/behaviour/credentials.md, 5.3).
func rclone() *Provider {
	return &Provider{
		Name: "rclone", Title: "rclone: S3, MinIO, Google Cloud or Azure Storage",
		Fields:   rcloneFields(),
		Variants: rcloneVariants(),
		Imports:  []Import{AWSProfile, ServicePrincipal, RcloneConf, OldSecret},
		Remotes: []Remote{
			{Name: "s3", Type: typeS3}, {Name: "s3", Type: typeMinIO}, {Name: "minio", Type: typeMinIO},
			{Name: "gs", Type: typeGCS}, {Name: "gcs", Type: typeGCS},
			{Name: "azureblob", Type: typeAzure, IsAt: isAzureBlob},
		},
		Example: `  # Amazon S3, keys from a profile of the AWS tools
  seldonctl secret rclone models --type s3 --profile default

  # A private bucket of Google Cloud Storage, for URIs that begin with gs://
  seldonctl secret rclone models --type gcs --key-file key.json

  # A Secret for the storage initializer of Seldon Core up to 1.7
  seldonctl secret rclone models --from-secret old.yaml

  # A remote that rclone knows
  seldonctl secret rclone models --section minio --remote s3 \
    --from-rclone-conf ~/.config/rclone/rclone.conf`,
	}
}

func rcloneFields() []Field {
	key := keyFile()
	key.Option = "SERVICE_ACCOUNT_CREDENTIALS"
	return []Field{
		{Name: accessKeyID, Option: "ACCESS_KEY_ID", Variables: []string{"AWS_ACCESS_KEY_ID"}, Usage: "access key ID"},
		{Name: secretAccessKey, Option: "SECRET_ACCESS_KEY", Variables: []string{"AWS_SECRET_ACCESS_KEY"}, Usage: "secret access key", Sensitive: true},
		{Name: "session-token", Option: "SESSION_TOKEN", Variables: []string{"AWS_SESSION_TOKEN"}, Usage: "token that goes with temporary keys", Sensitive: true},
		{Name: "endpoint", Option: "ENDPOINT", Variables: []string{"AWS_ENDPOINT_URL"}, Usage: "address of the S3 server, with http:// or https://", check: checkEndpoint},
		{Name: "region", Option: "REGION", Variables: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}, Usage: "region of the bucket"},
		{Name: "provider", Option: "PROVIDER", Usage: "kind of S3 server, one of rclone's provider names in any case", Default: "AWS or Minio, by type"},
		{Name: "role-arn", Variables: []string{"AWS_ROLE_ARN"}, Usage: "role of the ServiceAccount that is written (EKS)", Public: true, check: checkRoleARN},
		key,
		{Name: "google-service-account", Usage: "e-mail address of the Google service account of the ServiceAccount that is written (GKE)", Public: true, check: checkServiceAccountEmail},
		{Name: "account", Option: "ACCOUNT", Variables: []string{"AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_ACCOUNT_NAME"}, Usage: "storage account"},
		{Name: "account-key", Option: "KEY", Variables: []string{"AZURE_STORAGE_KEY", "AZURE_STORAGE_ACCOUNT_KEY"}, Usage: "key of the storage account", Sensitive: true},
		{Name: "sas-url", Option: "SAS_URL", Usage: "URL with a shared access signature", Sensitive: true, check: checkSASURL},
		{Name: "identity-client-id", Usage: "client ID of the Azure identity of the ServiceAccount that is written (AKS)", Public: true, check: checkClientID},
		{Name: "msi-client-id", Option: "MSI_CLIENT_ID", Usage: "client ID of the managed identity, if there are several"},
		{Name: "tenant-id", Option: "TENANT", Variables: []string{"AZ_TENANT_ID", "AZURE_TENANT_ID"}, Usage: "tenant of the service principal"},
		{Name: "client-id", Option: "CLIENT_ID", Variables: []string{"AZ_CLIENT_ID", "AZURE_CLIENT_ID"}, Usage: "application ID of the service principal"},
		{Name: "client-secret", Option: "CLIENT_SECRET", Variables: []string{"AZ_CLIENT_SECRET", "AZURE_CLIENT_SECRET"}, Usage: "password of the service principal", Sensitive: true},
	}
}

func rcloneVariants() []Variant {
	keys := []string{accessKeyID, secretAccessKey}
	server := []string{"endpoint", "region", "provider"}
	return []Variant{
		{Type: typeS3, Auth: authKeys, Summary: "Amazon S3 with keys", Reader: release.RcloneInitializer,
			Required: keys, Optional: join([]string{"session-token"}, server), build: (*draft).rcloneS3},
		{Type: typeS3, Auth: authIAM, Summary: "Amazon S3 with the role of the node or ServiceAccount", Reader: release.RcloneInitializer,
			Optional: join([]string{"role-arn"}, server), ServiceAccount: true, build: (*draft).rcloneS3},
		{Type: typeS3, Auth: authAnonymous, Summary: "a public bucket of Amazon S3", Reader: release.RcloneInitializer,
			Optional: server, build: (*draft).rcloneS3},
		{Type: typeMinIO, Auth: authKeys, Summary: "MinIO with keys", Reader: release.RcloneInitializer,
			Required: join(keys, []string{"endpoint"}), Optional: []string{"session-token", "region", "provider"}, build: (*draft).rcloneS3},
		{Type: typeMinIO, Auth: authAnonymous, Summary: "a public bucket of MinIO", Reader: release.RcloneInitializer,
			Required: []string{"endpoint"}, Optional: []string{"region", "provider"}, build: (*draft).rcloneS3},
		{Type: typeGCS, Auth: authKeys, Summary: "Google Cloud Storage with the key of a service account", Reader: release.RcloneInitializer,
			Required: []string{"key-file"}, build: (*draft).rcloneGCS},
		{Type: typeGCS, Auth: authWorkload, Summary: "Google Cloud Storage with workload identity", Reader: release.RcloneInitializer,
			Optional: []string{"google-service-account"}, ServiceAccount: true, build: (*draft).rcloneGCS},
		{Type: typeGCS, Auth: authAnonymous, Summary: "a public bucket of Google Cloud Storage", Reader: release.RcloneInitializer, build: (*draft).rcloneGCS},
		{Type: typeAzure, Auth: authKeys, Summary: "Azure Blob Storage with the key of the storage account", Reader: release.RcloneInitializer,
			Required: []string{"account", "account-key"}, build: (*draft).rcloneAzure},
		{Type: typeAzure, Auth: authSAS, Summary: "Azure Blob Storage with a SAS URL", Reader: release.RcloneInitializer,
			Required: []string{"sas-url"}, build: (*draft).rcloneAzure},
		{Type: typeAzure, Auth: authMSI, Summary: "Azure Blob Storage with a managed identity", Reader: release.RcloneInitializer,
			Required: []string{"account"}, Optional: []string{"msi-client-id"}, build: (*draft).rcloneAzure},
		{Type: typeAzure, Auth: authWorkload, Summary: "Azure Blob Storage with workload identity (rclone 1.64, Seldon Core 1.18)", Reader: release.RcloneInitializer,
			Required: []string{"account"}, Optional: []string{"identity-client-id"}, ServiceAccount: true, build: (*draft).rcloneAzure},
		{Type: typeAzure, Auth: authPrincipal, Summary: "Azure Blob Storage with a service principal (rclone 1.64, Seldon Core 1.18)", Reader: release.RcloneInitializer,
			Required: []string{"account", "tenant-id", "client-id", "client-secret"}, build: (*draft).rcloneAzure},
	}
}

func (d *draft) option(name, value string) { d.data[remoteVariable(d.remote, name)] = value }

// options puts the fields that are given into the options they belong to.
func (d *draft) options(names ...string) {
	for _, name := range names {
		if f, ok := d.provider.Field(name); ok && d.value(name) != "" {
			d.option(f.Option, d.value(name))
		}
	}
}

func (d *draft) rcloneS3() {
	server := "AWS"
	if d.variant.Type == typeMinIO {
		server = "Minio"
	}
	d.option("TYPE", typeS3)
	d.option("PROVIDER", server)
	d.option(optionEnvAuth, "false")
	d.option("ACCESS_KEY_ID", "")
	d.option("SECRET_ACCESS_KEY", "")
	d.options(accessKeyID, secretAccessKey, "session-token", "region")
	if given := d.value("endpoint"); given != "" {
		d.option("ENDPOINT", lowerScheme(given))
	}
	if given := d.value("provider"); given != "" {
		d.option("PROVIDER", rcloneServer(given))
	}
	if d.variant.Auth == authIAM {
		d.option("ENV_AUTH", "true")
		d.identity("role-arn", "eks.amazonaws.com/role-arn")
	}
	d.checkS3Keys(d.value("session-token"))
}

// rcloneGCS always says whether access is anonymous: the initializer's image
// says that it is, for the remote gs, and credentials are not looked at then.
func (d *draft) rcloneGCS() {
	d.option("TYPE", rcloneGCS)
	d.option("ANONYMOUS", "false")
	switch d.variant.Auth {
	case authKeys:
		d.option("SERVICE_ACCOUNT_CREDENTIALS", oneLine(d.value("key-file")))
	case authWorkload:
		d.option("ENV_AUTH", "true")
		d.identity("google-service-account", "iam.gke.io/gcp-service-account")
	case authAnonymous:
		d.option("ANONYMOUS", "true")
	}
}

func (d *draft) rcloneAzure() {
	d.option("TYPE", "azureblob")
	d.options("account", "account-key", "sas-url", "msi-client-id", "tenant-id", "client-id", "client-secret")
	switch d.variant.Auth {
	case authKeys:
		d.option("ENV_AUTH", "false")
	case authMSI:
		d.option("USE_MSI", "true")
	case authWorkload:
		// rclone looks at this option before all others.
		d.option("ENV_AUTH", "true")
		d.identity("identity-client-id", AnnotationAzureIdentity)
	}
}

// identity adds a ServiceAccount that a cloud knows by an annotation, if the
// field with the annotation's value is given.
func (d *draft) identity(field, annotation string) {
	if v := d.value(field); v != "" {
		d.account = &draftAccount{annotations: map[string]string{annotation: v}}
	}
}
