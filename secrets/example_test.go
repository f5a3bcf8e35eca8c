package secrets_test

import (
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/secrets"
)

// A provider turns values into a Secret, and says what is missing.
func Example() {
	provider, err := secrets.Lookup("minio")
	if err != nil {
		log.Fatal(err)
	}
	result := provider.Build(secrets.Request{
		Name: "models", Namespace: "team-a",
		Values: map[string]secrets.Sensitive{"endpoint": "http://minio.minio.svc:9000", "access-key-id": "admin"},
	})
	for _, f := range result.Findings {
		fmt.Println(f.Severity, f.Message)
	}
	for _, field := range result.Missing {
		fmt.Println("missing:", field.Name)
	}

	// Output:
	// error missing values for minio: secret-access-key
	// missing: secret-access-key
}
