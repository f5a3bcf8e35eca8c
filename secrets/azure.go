package secrets

import "github.com/seldonctl/seldonctl/release"

func azure() *Provider {
	return &Provider{
		Name: "azure", Title: "Azure Blob Storage",
		URIs:      []string{"https://ACCOUNT.blob.core.windows.net"},
		Successor: Choice{Type: typeAzure, Auth: authPrincipal},
		Imports:   []Import{ServicePrincipal},
		Example: `  # A new service principal
  az ad sp create-for-rbac --json-auth > principal.json
  seldonctl secret azure models --from-sp-file principal.json`,
		Fields: []Field{
			{Name: "tenant-id", Variables: []string{"AZ_TENANT_ID", "AZURE_TENANT_ID"}, Usage: "tenant of the service principal"},
			{Name: "client-id", Variables: []string{"AZ_CLIENT_ID", "AZURE_CLIENT_ID"}, Usage: "application ID of the service principal"},
			{Name: "client-secret", Variables: []string{"AZ_CLIENT_SECRET", "AZURE_CLIENT_SECRET"}, Usage: "password of the service principal", Sensitive: true},
			{Name: "subscription-id", Variables: []string{"AZ_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"}, Usage: "subscription of the storage account"},
		},
		Variants: []Variant{{
			Auth: authKeys, Reader: release.KFServingInitializer,
			Summary: "a service principal as environment variables, for envSecretRefName",
			// Without any one of the four the initializer is anonymous.
			Required: []string{"tenant-id", "client-id", "client-secret", "subscription-id"},
			build: func(d *draft) {
				for _, f := range d.provider.Fields {
					d.set(f.Variables[0], f.Name)
				}
			},
		}},
	}
}
