package clouds

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// Amazon has S3 in two regions, and a MinIO in the cluster.
type Amazon struct {
	// AccessKeyID and SecretAccessKey belong to a user.
	AccessKeyID, SecretAccessKey string
	// Temporary are keys that need the session token.
	Temporary struct{ AccessKeyID, SecretAccessKey, SessionToken string }
	// Role is one that the web identity token may take on, and the machine has.
	Role string
	// Region is one that S3 has besides us-east-1.
	Region string
	// MinIO and SecureMinIO are the endpoints of the same storage in the cluster.
	MinIO, SecureMinIO string

	// gateways are by the host that they answer for.
	gateways map[string]string
}

const (
	otherRegion = "eu-central-1"

	plainMinIO  = "minio.minio-system.svc.cluster.local"
	secureMinIO = "minio.example.org"
)

func (c *Clouds) startAmazon(ctx context.Context) error {
	a := &c.Amazon
	a.AccessKeyID, a.SecretAccessKey = "AKIA"+programmatic(), secret()
	a.Temporary.AccessKeyID, a.Temporary.SecretAccessKey, a.Temporary.SessionToken = "ASIA"+programmatic(), secret(), secret()
	a.Role, a.Region = "arn:aws:iam::111122223333:role/models", otherRegion
	a.MinIO, a.SecureMinIO = "http://"+plainMinIO+":9000", "https://"+secureMinIO
	buckets := filepath.Join(c.data(), "s3")
	if err := os.Mkdir(buckets, 0o700); err != nil {
		return err
	}
	// A gateway answers for the buckets of one domain.
	servers := []struct{ region, domain string }{
		{"us-east-1", ""}, {"us-east-1", "s3.amazonaws.com"}, {"us-east-1", "s3.us-east-1.amazonaws.com"}, {otherRegion, "s3." + otherRegion + ".amazonaws.com"},
	}
	ports, err := programs.FreePorts(len(servers))
	if err != nil {
		return err
	}
	a.gateways = make(map[string]string)
	for i, g := range servers {
		address := fmt.Sprintf("127.0.0.1:%d", ports[i])
		args := []string{"--port", address, "--region", g.region, "--access", a.AccessKeyID, "--secret", a.SecretAccessKey}
		if g.domain != "" {
			args = append(args, "--virtual-domain", g.domain)
			a.gateways[g.domain] = "http://" + address
		} else {
			a.gateways[plainMinIO], a.gateways[secureMinIO] = "http://"+address, "http://"+address
		}
		if err := c.run(ctx, "http://"+address, c.programs.VersityGW, append(args, "posix", buckets)...); err != nil {
			return err
		}
	}
	return nil
}

// programmatic returns the part of an access key ID that is random.
func programmatic() string { return secret()[:16] }

// gateway returns the server that answers for a host, or for a bucket of it.
func (a *Amazon) gateway(host string) string {
	if server := a.gateways[host]; server != "" {
		return server
	}
	_, domain, _ := strings.Cut(host, ".")
	if !strings.HasPrefix(domain, "s3.") {
		return ""
	}
	return a.gateways[domain]
}

// storage looks at temporary keys itself, because versitygw knows none but those
// that it gave out: the request goes on as the user's.
func (a *Amazon) storage(w http.ResponseWriter, r *http.Request, server string) {
	if s, ok := signatureOf(r); ok && s.keyID == a.Temporary.AccessKeyID {
		if r.Header.Get("X-Amz-Security-Token") != a.Temporary.SessionToken || s.of(r, a.Temporary.SecretAccessKey) != s.signature {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, "<Error><Code>SignatureDoesNotMatch</Code></Error>")
			return
		}
		r.Header.Del("X-Amz-Security-Token")
		s.headers = slices.DeleteFunc(s.headers, func(name string) bool { return name == "x-amz-security-token" })
		s.keyID = a.AccessKeyID
		s.signature = s.of(r, a.SecretAccessKey)
		r.Header.Set("Authorization", s.String())
	}
	forward(w, r, server)
}

// securityTokens is STS: temporary keys for a web identity.
func (c *Clouds) securityTokens(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("Action") != "AssumeRoleWithWebIdentity" || r.FormValue("RoleArn") != c.Amazon.Role || r.FormValue("WebIdentityToken") != c.WebIdentityToken {
		http.Error(w, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>", http.StatusForbidden)
		return
	}
	type credentials struct {
		AccessKeyID                               string `xml:"AccessKeyId"`
		SecretAccessKey, SessionToken, Expiration string
	}
	var answer struct {
		XMLName xml.Name                          `xml:"https://sts.amazonaws.com/doc/2011-06-15/ AssumeRoleWithWebIdentityResponse"`
		Result  struct{ Credentials credentials } `xml:"AssumeRoleWithWebIdentityResult"`
	}
	t := c.Amazon.Temporary
	answer.Result.Credentials = credentials{t.AccessKeyID, t.SecretAccessKey, t.SessionToken, inAnHour().Format(time.RFC3339)}
	w.Header().Set("Content-Type", "text/xml")
	xml.NewEncoder(w).Encode(answer)
}

// amazonMetadata has the keys of the machine's role.
func (c *Clouds) amazonMetadata(w http.ResponseWriter, r *http.Request, identity bool) {
	const role = "/latest/meta-data/iam/security-credentials/"
	switch {
	case !identity:
		http.NotFound(w, r)
	case r.URL.Path == "/latest/api/token":
		w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")
		fmt.Fprint(w, "token")
	case r.URL.Path == role:
		fmt.Fprint(w, "node")
	case r.URL.Path == role+"node":
		t := c.Amazon.Temporary
		json.NewEncoder(w).Encode(map[string]string{
			"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": t.AccessKeyID, "SecretAccessKey": t.SecretAccessKey, "Token": t.SessionToken,
			"LastUpdated": time.Now().UTC().Format(time.RFC3339), "Expiration": inAnHour().Format(time.RFC3339),
		})
	default:
		http.NotFound(w, r)
	}
}

func inAnHour() time.Time { return time.Now().UTC().Add(time.Hour) }
