package secrets

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/validation"
)

// The checks say what is wrong with a value, as the end of a sentence that
// begins with the field's name, and never quote it.

// wrong applies the field's check, after what holds for all values.
func (f *Field) wrong(value string) string {
	if !utf8.ValidString(value) {
		return "is not valid UTF-8"
	}
	if !f.File {
		if w := checkLine(value); w != "" {
			return w
		}
	}
	if f.check == nil {
		return ""
	}
	return f.check(value)
}

// checkLine refuses what no key or name has and what copying adds.
func checkLine(value string) string {
	switch {
	case strings.ContainsAny(value, "\r\n") && !strings.ContainsAny(strings.TrimRight(value, "\r\n"), "\r\n"):
		return "ends with a line break; remove it, as with printf or echo -n"
	case strings.ContainsAny(value, "\r\n"):
		return "has more than one line; give only the value"
	case strings.TrimSpace(value) != value:
		return "has leading or trailing white space; remove it"
	case strings.ContainsFunc(value, unicode.IsControl):
		return "contains a control character"
	}
	return ""
}

// checkEndpoint wants an address that every S3 client understands
// (docs/behaviour/credentials.md, 5.2): without a scheme the host is lost.
func checkEndpoint(value string) string {
	u, err := url.Parse(value)
	switch {
	case !strings.Contains(value, "://"):
		return "has no scheme; write http://HOST:PORT or https://HOST:PORT"
	case err != nil || u.Host == "" || u.Hostname() == "":
		return "is not an address; write http://HOST:PORT or https://HOST:PORT"
	case u.Scheme != "http" && u.Scheme != "https":
		return "must begin with http:// or https://"
	case u.User != nil:
		return "contains a user; give the keys as fields of their own"
	case u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(value, "?#"):
		return "has more than host, port and path; remove what follows ? or #"
	}
	return ""
}

func checkBoolean(value string) string {
	if value != "true" && value != "false" {
		return "must be true or false"
	}
	return ""
}

func checkRoleARN(value string) string {
	if !strings.HasPrefix(value, "arn:") || !strings.Contains(value, ":role/") {
		return "is not the ARN of a role; write arn:aws:iam::ACCOUNT:role/NAME"
	}
	return ""
}

// clientID matches the IDs that Azure gives to applications and identities.
var clientID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func checkClientID(value string) string {
	if !clientID.MatchString(value) {
		return "is not a client ID of Azure; `az identity show --query clientId` prints it"
	}
	return ""
}

func checkServiceAccountEmail(value string) string {
	name, host, ok := strings.Cut(value, "@")
	if !ok || name == "" || len(validation.IsDNS1123Subdomain(host)) > 0 {
		return "is not the e-mail address of a Google service account; write NAME@PROJECT.iam.gserviceaccount.com"
	}
	return ""
}

func checkSASURL(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Query().Get("sig") == "" {
		return "is not a SAS URL; write https://ACCOUNT.blob.core.windows.net/CONTAINER?...&sig=..."
	}
	return ""
}

// checkRemote allows what rclone finds in the environment
// (docs/behaviour/credentials.md, 5.3).
func checkRemote(name string) string {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "may contain only letters, digits and underscores"
		}
	}
	return ""
}
