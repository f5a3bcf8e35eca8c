package clouds

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// signature is Amazon's, version 4, of a request.
type signature struct {
	keyID, scope string
	// headers are the names of those that are signed.
	headers   []string
	signature string
}

const algorithm = "AWS4-HMAC-SHA256"

// signatureOf reads the signature of a request.
func signatureOf(r *http.Request) (s signature, ok bool) {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), algorithm+" ")
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			s.keyID, s.scope, _ = strings.Cut(value, "/")
		case "SignedHeaders":
			s.headers = strings.Split(value, ";")
		case "Signature":
			s.signature = value
		}
	}
	return s, ok
}

// String returns the header that has the signature.
func (s *signature) String() string {
	return algorithm + " Credential=" + s.keyID + "/" + s.scope + ", SignedHeaders=" + strings.Join(s.headers, ";") + ", Signature=" + s.signature
}

// of returns the signature of a request by a secret key.
func (s *signature) of(r *http.Request, secret string) string {
	var headers strings.Builder
	for _, name := range s.headers {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		headers.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	query := strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20")
	request := sha256.Sum256([]byte(strings.Join([]string{
		r.Method, r.URL.EscapedPath(), query, headers.String(), strings.Join(s.headers, ";"), r.Header.Get("X-Amz-Content-Sha256"),
	}, "\n")))
	text := strings.Join([]string{algorithm, r.Header.Get("X-Amz-Date"), s.scope, hex.EncodeToString(request[:])}, "\n")
	key := []byte("AWS4" + secret)
	// The scope is the date, the region, the service and a constant.
	for part := range strings.SplitSeq(s.scope, "/") {
		key = mac(key, part)
	}
	return hex.EncodeToString(mac(key, text))
}

func mac(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}
