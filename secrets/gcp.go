package secrets

import (
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

func gcp() *Provider {
	return &Provider{
		Name: "gcp", Aliases: []string{"gcs", "google"}, Title: "Google Cloud Storage",
		URIs:      []string{"gs://"},
		Successor: Choice{Type: typeGCS},
		Fields:    []Field{keyFile()},
		Example: `  # A key of a service account
  gcloud iam service-accounts keys create key.json \
    --iam-account models@PROJECT.iam.gserviceaccount.com
  seldonctl secret gcp models --key-file key.json`,
		Variants: []Variant{{
			Auth: authKeys, Reader: release.KFServingInitializer, ServiceAccount: true,
			Summary:  "a ServiceAccount with the key file attached, for serviceAccountName",
			Required: []string{"key-file"},
			build: func(d *draft) {
				d.data[d.keys.GCSFile] = d.value("key-file")
				d.account = &draftAccount{attached: true}
			},
		}},
	}
}

func keyFile() Field {
	return Field{
		Name: "key-file", Variables: []string{"GOOGLE_APPLICATION_CREDENTIALS"}, Usage: "key of a Google service account, in JSON",
		Sensitive: true, File: true, check: checkKeyFile,
	}
}

// keyFileMembers are what Google's clients need of a service-account key.
var keyFileMembers = [...]string{"type", "project_id", "private_key_id", "private_key", "client_email", "token_uri"}

// checkKeyFile wants a service-account key in JSON and names what is missing.
func checkKeyFile(content string) string {
	const howTo = "; make one with `gcloud iam service-accounts keys create FILE --iam-account EMAIL`"
	var key map[string]any
	if err := json.Unmarshal([]byte(content), &key); err != nil || key == nil {
		return "is not the JSON of a service-account key" + howTo
	}
	switch kind, _ := key["type"].(string); kind {
	case "service_account", "":
	case "authorized_user":
		return "is the login of a user (authorized_user), not the key of a service account" + howTo
	case "external_account", "impersonated_service_account":
		return "is of type " + kind + ", which needs more than the file; use the key of a service account" + howTo
	default:
		return "is not of type service_account" + howTo
	}
	var missing []string
	for _, name := range keyFileMembers {
		if text, _ := key[name].(string); strings.TrimSpace(text) == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return "is not a complete service-account key; missing: " + strings.Join(missing, ", ") + howTo
	}
	private, _ := key["private_key"].(string)
	if !strings.HasPrefix(strings.TrimSpace(private), "-----BEGIN ") || !strings.Contains(private, "PRIVATE KEY-----\n") {
		return "has a private_key that is not a PEM block; use the file as it was downloaded"
	}
	return ""
}
