package clouds

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// Azure has Blob Storage.
type Azure struct {
	// Account and AccountKey are those that everybody knows who tests with Azurite.
	Account, AccountKey string
	// The service principal.
	Tenant, ClientID, ClientSecret, Subscription string
	// IdentityID is the client ID of the managed identity, which is also that of
	// ServiceAccounts.
	IdentityID string

	server string
}

func (c *Clouds) startAzure(ctx context.Context) error {
	a := &c.Azure
	a.Account, a.AccountKey = "devstoreaccount1", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
	a.Tenant, a.ClientID, a.Subscription = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222", "33333333-3333-3333-3333-333333333333"
	a.ClientSecret, a.IdentityID = secret(), "44444444-4444-4444-4444-444444444444"
	if c.programs.Node == "" {
		return nil
	}
	// Azurite takes tokens over TLS only.
	certificate, err := c.authority.host("localhost")
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		return err
	}
	certFile, keyFile := filepath.Join(c.data(), "azurite.pem"), filepath.Join(c.data(), "azurite.key")
	if err := writePEM(certFile, "CERTIFICATE", certificate.Certificate[0]); err != nil {
		return err
	}
	if err := writePEM(keyFile, "PRIVATE KEY", key); err != nil {
		return err
	}
	ports, err := programs.FreePorts(1)
	if err != nil {
		return err
	}
	a.server = fmt.Sprintf("https://127.0.0.1:%d", ports[0])
	return c.run(ctx, a.server, c.programs.Node, c.programs.Azurite, "--blobHost", "127.0.0.1", "--blobPort", fmt.Sprint(ports[0]),
		"--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
		"--oauth", "basic", "--cert", certFile, "--key", keyFile)
}

// SAS returns a URL that lets who has it read a container for an hour.
func (a *Azure) SAS(container string) (string, error) {
	key, err := base64.StdEncoding.DecodeString(a.AccountKey)
	if err != nil {
		return "", err
	}
	const version = "2020-10-02"
	expiry := inAnHour().Format("2006-01-02T15:04:05Z")
	mac := hmac.New(sha256.New, key)
	// The fields of a service SAS of this version, most of which are empty.
	mac.Write([]byte(strings.Join([]string{"rl", "", expiry, "/blob/" + a.Account + "/" + container, "", "", "https", version, "c", "", "", "", "", "", ""}, "\n")))
	query := url.Values{"sv": {version}, "sr": {"c"}, "sp": {"rl"}, "se": {expiry}, "spr": {"https"}, "sig": {base64.StdEncoding.EncodeToString(mac.Sum(nil))}}
	return fmt.Sprintf("https://%s.blob.core.windows.net/%s?%s", a.Account, container, query.Encode()), nil
}

// microsoftLogin gives tokens for the service principal and for ServiceAccounts.
func (c *Clouds) microsoftLogin(w http.ResponseWriter, r *http.Request) {
	base := "https://login.microsoftonline.com/" + c.Azure.Tenant
	w.Header().Set("Content-Type", "application/json")
	switch {
	case strings.HasSuffix(r.URL.Path, "/discovery/instance"):
		json.NewEncoder(w).Encode(map[string]any{
			"tenant_discovery_endpoint": base + "/v2.0/.well-known/openid-configuration",
			"metadata": []map[string]any{{
				"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net", "aliases": []string{"login.microsoftonline.com"},
			}},
		})
	case strings.HasPrefix(r.URL.Path, "/"+c.Azure.Tenant+"/") && strings.HasSuffix(r.URL.Path, "/openid-configuration"):
		json.NewEncoder(w).Encode(map[string]string{
			"token_endpoint": base + "/oauth2/v2.0/token", "authorization_endpoint": base + "/oauth2/v2.0/authorize", "issuer": base + "/v2.0",
		})
	case strings.HasPrefix(r.URL.Path, "/"+c.Azure.Tenant+"/oauth2/") && r.FormValue("client_id") == c.Azure.IdentityID && r.FormValue("client_assertion") == c.WebIdentityToken:
		c.Azure.giveToken(w)
	case strings.HasPrefix(r.URL.Path, "/"+c.Azure.Tenant+"/oauth2/") && r.FormValue("client_id") == c.Azure.ClientID && r.FormValue("client_secret") == c.Azure.ClientSecret:
		c.Azure.giveToken(w)
	default:
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}`)
	}
}

// azureMetadata gives tokens for the managed identity.
func (c *Clouds) azureMetadata(w http.ResponseWriter, r *http.Request, identity bool) {
	id := r.FormValue("client_id")
	if !identity || r.Header.Get("Metadata") != "true" || id != "" && id != c.Azure.IdentityID {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":"invalid_request","error_description":"Identity not found"}`)
		return
	}
	c.Azure.giveToken(w)
}

// giveToken gives a token whose signature Azurite does not look at.
func (a *Azure) giveToken(w http.ResponseWriter) {
	part := func(v any) string {
		text, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(text)
	}
	expires := inAnHour().Unix()
	token := strings.Join([]string{
		part(map[string]string{"alg": "RS256", "typ": "JWT"}),
		part(map[string]any{
			"aud": "https://storage.azure.com", "iss": "https://sts.windows.net/" + a.Tenant + "/", "tid": a.Tenant,
			"iat": time.Now().Unix() - 60, "nbf": time.Now().Unix() - 60, "exp": expires,
		}),
		base64.RawURLEncoding.EncodeToString([]byte("signature")),
	}, ".")
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]string{
		"token_type": "Bearer", "access_token": token, "resource": "https://storage.azure.com",
		"expires_in": "3600", "expires_on": fmt.Sprint(expires), "not_before": fmt.Sprint(time.Now().Unix() - 60),
	})
}
