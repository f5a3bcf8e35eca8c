package controlplane

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// writeKeys makes the token, the key that signs tokens of service accounts, and
// the kubeconfig. The server makes its certificate itself.
func (p *Plane) writeKeys() error {
	// The server's certificate is its own authority.
	p.CAFile = filepath.Join(p.keys(), "apiserver.crt")
	p.Kubeconfig = filepath.Join(p.keys(), "kubeconfig")
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	files := map[string][]byte{
		p.signingKey(): pem.EncodeToMemory(block),
		p.tokenFile():  []byte(p.Token + ",e2e,e2e,system:masters\n"),
		p.Kubeconfig:   []byte(p.kubeconfig()),
	}
	for name, data := range files {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plane) kubeconfig() string {
	return fmt.Sprintf(`apiVersion: v1
kind: Config
clusters:
- name: e2e
  cluster: {server: %q, certificate-authority: %q}
users:
- name: e2e
  user: {token: %q}
contexts:
- name: e2e
  context: {cluster: e2e, user: e2e}
current-context: e2e
`, p.URL, p.CAFile, p.Token)
}

// ready asks the server once whether it is ready.
func (p *Plane) ready(ctx context.Context) error {
	certificate, err := os.ReadFile(p.CAFile)
	if err != nil {
		return err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL+"/readyz", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+p.Token)
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
		return fmt.Errorf("%s: %s", response.Status, text)
	}
	return nil
}
