package secrets

import (
	"net/url"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
)

// Converted is what a Secret for the kfserving storage initializer has for rclone
// (docs/behaviour/credentials.md, 5.4).
type Converted struct {
	Choice
	// Values are by the fields of the provider that imports it.
	Values map[string]Sensitive
}

// ConvertManifest reads a Secret for the kfserving storage initializer, from its
// decoded JSON: variables, or a form that is attached to a ServiceAccount. The
// file's name is for the findings.
func ConvertManifest(file string, object map[string]any, names KeyNames) (Converted, finding.List) {
	fail := func(format string, args ...any) (Converted, finding.List) {
		return Converted{}, finding.List{(&File{Name: file}).fault(0, format, args...)}
	}
	r := &manifestReader{object: object}
	if r.text("kind") != kindSecret || r.text("apiVersion") != "v1" {
		return fail("is not a Secret")
	}
	if r.at("sops") != nil {
		return fail("is encrypted by SOPS; decrypt it: `sops decrypt FILE`")
	}
	data := r.secretValues()
	if r.findings.HasErrors() {
		for i := range r.findings {
			r.findings[i] = r.findings[i].At(finding.Position{File: file})
		}
		return Converted{}, r.findings
	}
	var known Known
	known.look(data)
	facts := Inspect(known, names)
	switch names := facts.names; {
	case facts.AttachedS3:
		annotations := texts(r.at("metadata", "annotations"))
		return convertS3(data[names.S3AccessKeyID], data[names.S3SecretAccessKey], attachedEndpoint(annotations), s3Annotation(annotations, "s3-region")), nil
	case facts.AttachedGCS:
		return Converted{Choice{Type: typeGCS, Auth: authKeys}, map[string]Sensitive{"key-file": Sensitive(data[names.GCSFile])}}, nil
	case facts.S3:
		return convertS3(data["AWS_ACCESS_KEY_ID"], data["AWS_SECRET_ACCESS_KEY"], data["AWS_ENDPOINT_URL"], data["AWS_REGION"]), nil
	case facts.Azure:
		return Converted{Choice{Type: typeAzure, Auth: authPrincipal}, map[string]Sensitive{
			"tenant-id": Sensitive(data["AZ_TENANT_ID"]), "client-id": Sensitive(data["AZ_CLIENT_ID"]), "client-secret": Sensitive(data["AZ_CLIENT_SECRET"]),
		}}, nil
	case len(facts.Remotes) > 0:
		return fail("is for rclone already")
	}
	return fail("has none of the keys of a Secret for the kfserving storage initializer")
}

// convertS3 tells Amazon's own servers from others: of them rclone knows the
// address by the region.
func convertS3(id, secret, endpoint, region string) Converted {
	c := Converted{Choice{Type: typeS3, Auth: authKeys}, map[string]Sensitive{}}
	if id == "" && secret == "" {
		c.Auth = authAnonymous
	}
	own, ofHost := amazonRegion(endpoint)
	if region == "" {
		region = ofHost
	}
	if !own && endpoint != "" {
		c.Type = typeMinIO
		c.Values["endpoint"] = Sensitive(endpoint)
	}
	for name, value := range map[string]string{accessKeyID: id, secretAccessKey: secret, "region": region} {
		if value != "" {
			c.Values[name] = Sensitive(value)
		}
	}
	return c
}

// amazonRegion reports whether an address is one of Amazon S3, and the region in
// it.
func amazonRegion(endpoint string) (own bool, region string) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return false, ""
	}
	host, ok := strings.CutSuffix(strings.TrimSuffix(u.Hostname(), ".cn"), ".amazonaws.com")
	rest, isS3 := strings.CutPrefix(host, "s3")
	if !ok || !isS3 {
		return false, ""
	}
	return true, strings.TrimPrefix(strings.TrimLeft(rest, ".-"), "dualstack.")
}

// attachedEndpoint puts scheme and host together, as the operator does
// (docs/behaviour/core.md, 10.1).
func attachedEndpoint(annotations map[string]string) string {
	host := s3Annotation(annotations, "s3-endpoint")
	switch {
	case host == "":
		return ""
	case s3Annotation(annotations, "s3-usehttps") == "0":
		return "http://" + host
	}
	return "https://" + host
}

func s3Annotation(annotations map[string]string, name string) string {
	if value, ok := annotations[AnnotationPrefix+"/"+name]; ok {
		return value
	}
	return annotations[AnnotationPrefixKubeflow+"/"+name]
}
