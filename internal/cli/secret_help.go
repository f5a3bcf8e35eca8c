package cli

import (
	"fmt"
	"strings"

	"github.com/seldonctl/seldonctl/secrets"
)

// secretHelp is the long help of a provider: its variants and its variables.
func secretHelp(p *secrets.Provider) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Make a Secret for %s.\n\nForms of the Secret:\n", p.Title)
	for i := range p.Variants {
		v := &p.Variants[i]
		fmt.Fprintf(&b, "  %-40s %s\n", secretChoice(v), v.Summary)
	}
	b.WriteString("\nVariables that --from-env and --from-env-file look at:\n")
	for _, f := range p.Fields {
		if names := f.VariablesFor("<REMOTE>"); len(names) > 0 {
			fmt.Fprintf(&b, "  %-24s %s\n", f.Name, strings.Join(names, ", else "))
		}
	}
	fmt.Fprintf(&b, "\nThe Secret is for %s: %s.", p.Variants[0].Reader, p.Variants[0].Reader.Releases())
	return b.String()
}

// secretChoice returns the flags that lead to a variant.
func secretChoice(v *secrets.Variant) string {
	var flags []string
	for _, c := range [][2]string{{"type", v.Type}, {"format", v.Format}, {"auth", v.Auth}} {
		if c[1] != "" {
			flags = append(flags, "--"+c[0]+" "+c[1])
		}
	}
	return strings.Join(flags, " ")
}

func secretExample(provider string) string {
	return strings.TrimRight(map[string]string{
		"aws": `
  # From a profile of the AWS tools
  seldonctl secret aws models --profile default --for-uri s3://bucket/model

  # From the environment, attached to a ServiceAccount
  seldonctl secret aws models --from-env --format kfserving`,
		"minio": `
  # The secret key comes from standard input
  pass minio/models | seldonctl secret minio models --access-key-id models --secret-access-key-file - \
    --endpoint http://minio.minio.svc.cluster.local:9000`,
		"azure": `
  # A new service principal
  az ad sp create-for-rbac --json-auth > principal.json
  seldonctl secret azure models --from-sp-file principal.json`,
		"gcp": `
  # A key of a service account
  gcloud iam service-accounts keys create key.json --iam-account models@PROJECT.iam.gserviceaccount.com
  seldonctl secret gcp models --key-file key.json`,
		"rclone": `
  # Amazon S3, keys from a profile of the AWS tools
  seldonctl secret rclone models --type s3 --profile default

  # A private bucket of Google Cloud Storage, for URIs that begin with gs://
  seldonctl secret rclone models --type gcs --key-file key.json

  # A remote that rclone knows
  seldonctl secret rclone models --from-rclone-conf ~/.config/rclone/rclone.conf --section minio --remote s3`,
	}[provider][1:], "\n")
}
