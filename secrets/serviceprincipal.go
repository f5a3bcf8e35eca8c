package secrets

import (
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
)

// ReadServicePrincipal reads the JSON that the Azure CLI prints for a service
// principal, with or without --json-auth. The values are by field name. Without
// --json-auth there is no subscription-id.
func ReadServicePrincipal(f File) (map[string]Sensitive, finding.List) {
	const howTo = "`az ad sp create-for-rbac --json-auth` prints it"
	var sp map[string]any
	if err := json.Unmarshal(f.Data, &sp); err != nil || sp == nil {
		return nil, finding.List{f.fault(0, "is not the JSON of a service principal").WithHint(howTo)}
	}
	values := map[string]Sensitive{}
	var missing []string
	for _, row := range []struct {
		field  string
		names  []string
		absent string
	}{
		{"tenant-id", []string{"tenantId", "tenant"}, "tenantId or tenant"},
		{"client-id", []string{"clientId", "appId"}, "clientId or appId"},
		{"client-secret", []string{"clientSecret", "password"}, "clientSecret or password"},
		{"subscription-id", []string{"subscriptionId"}, ""},
	} {
		for _, name := range row.names {
			if text, _ := sp[name].(string); text != "" {
				values[row.field] = Sensitive(text)
				break
			}
		}
		if row.absent != "" && values[row.field] == "" {
			missing = append(missing, row.absent)
		}
	}
	if len(missing) > 0 {
		return nil, finding.List{f.fault(0, "is not a service principal; missing: %s", strings.Join(missing, ", ")).WithHint(howTo)}
	}
	return values, nil
}
