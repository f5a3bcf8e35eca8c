package clouds

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// Google has Cloud Storage.
type Google struct {
	// KeyFile is the key of a service account, as it is downloaded.
	KeyFile string
	// ServiceAccount is that of workload identity.
	ServiceAccount string

	server string
	key    *rsa.PrivateKey
	token  string
}

func (c *Clouds) startGoogle(ctx context.Context) (err error) {
	g := &c.Google
	g.token, g.ServiceAccount = secret(), "models@example.iam.gserviceaccount.com"
	if g.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return err
	}
	if g.KeyFile, err = keyFile(g.ServiceAccount, g.key); err != nil {
		return err
	}
	ports, err := programs.FreePorts(1)
	if err != nil {
		return err
	}
	g.server = fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	return c.run(ctx, g.server, c.programs.FakeGCS, "-scheme", "http", "-host", "127.0.0.1", "-port", fmt.Sprint(ports[0]),
		"-backend", "memory", "-external-url", "https://storage.googleapis.com", "-public-host", "storage.googleapis.com")
}

func keyFile(account string, key *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(map[string]string{
		"type": "service_account", "project_id": "example", "private_key_id": "0123456789abcdef", "client_id": "111122223333",
		"private_key":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"client_email": account, "token_uri": "https://oauth2.googleapis.com/token", "universe_domain": "googleapis.com",
	}, "", "  ")
	return string(text), err
}

// StrangeKeyFile returns a key that nobody knows, in the form of one.
func (g *Google) StrangeKeyFile() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	return keyFile(g.ServiceAccount, key)
}

// googleToken gives a token for a statement that the service account's key has
// signed.
func (c *Clouds) googleToken(w http.ResponseWriter, r *http.Request) {
	signed, signature, ok := cutLast(r.FormValue("assertion"), ".")
	sum := sha256.Sum256([]byte(signed))
	bytes, err := base64.RawURLEncoding.DecodeString(signature)
	if !ok || err != nil || rsa.VerifyPKCS1v15(&c.Google.key.PublicKey, crypto.SHA256, sum[:], bytes) != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`)
		return
	}
	c.Google.giveToken(w)
}

func cutLast(s, sep string) (string, string, bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func (g *Google) giveToken(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"access_token": g.token, "token_type": "Bearer", "expires_in": 3600})
}

// googleStorage lets those with a token in, and everybody into what is public.
func (c *Clouds) googleStorage(w http.ResponseWriter, r *http.Request) {
	given := r.Header.Get("Authorization")
	switch {
	case given == "Bearer "+c.Google.token, given == "" && googleBucket(r.URL) == PublicBucket:
		forward(w, r, c.Google.server)
	case given == "":
		http.Error(w, `{"error":{"code":401,"message":"Anonymous caller does not have storage.objects.get access"}}`, http.StatusUnauthorized)
	default:
		http.Error(w, `{"error":{"code":401,"message":"Invalid Credentials"}}`, http.StatusUnauthorized)
	}
}

// googleBucket returns the bucket of a request's URL.
func googleBucket(u *url.URL) string {
	parts := strings.Split(u.EscapedPath(), "/")
	if i := slices.Index(parts, "b"); i >= 0 && i+1 < len(parts) {
		return parts[i+1]
	}
	if len(parts) > 1 {
		return parts[1]
	}
	return ""
}

// googleMetadata is the metadata server of a machine, or of a pod with workload
// identity.
type googleMetadata struct {
	clouds   *Clouds
	identity bool
}

func (m googleMetadata) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Metadata-Flavor", "Google")
	if m.identity && r.Header.Get("Metadata-Flavor") == "Google" && strings.HasSuffix(r.URL.Path, "/service-accounts/default/token") {
		m.clouds.Google.giveToken(w)
		return
	}
	http.NotFound(w, r)
}
