package secrets

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// ReadAWSProfile reads a profile of the AWS tools: keys from the shared
// credentials file, region and endpoint from the config file, each falling back
// to the other. Files without data do not count. The values are by field name;
// session-token is among them if there is one.
func ReadAWSProfile(credentials, config File, profile string) (map[string]Sensitive, finding.List) {
	inCredentials, faults := parseINI(credentials)
	inConfig, more := parseINI(config)
	if faults = append(faults, more...); faults.HasErrors() {
		return nil, faults
	}
	var found []*iniSection
	for i := range inCredentials {
		if inCredentials[i].name == profile {
			found = append(found, &inCredentials[i])
		}
	}
	for i := range inConfig {
		if name := inConfig[i].name; name == "profile "+profile || name == profile && profile == "default" {
			found = append(found, &inConfig[i])
		}
	}
	if len(found) == 0 {
		f := credentials.fault(0, "profile %q not found, nor in %s", profile, config.Name).
			WithHint("`aws configure list-profiles` lists the profiles")
		if meant := spelling.Nearest(profile, AWSProfiles(credentials, config)); meant != "" {
			f.Hint = "did you mean " + meant + "?"
		}
		return nil, finding.List{f}
	}
	values := map[string]Sensitive{}
	for field, key := range map[string]string{
		accessKeyID: "aws_access_key_id", secretAccessKey: "aws_secret_access_key", "session-token": "aws_session_token",
		"region": "region", "endpoint": "endpoint_url",
	} {
		for _, s := range found {
			if v, ok := s.get(key); ok && v != "" {
				values[field] = v
				break
			}
		}
	}
	if values[accessKeyID] == "" || values[secretAccessKey] == "" {
		return values, withoutKeys(credentials, found, profile)
	}
	return values, nil
}

// AWSProfiles returns the names of the profiles in files of the AWS tools, sorted.
func AWSProfiles(credentials, config File) []string {
	inCredentials, _ := parseINI(credentials)
	inConfig, _ := parseINI(config)
	var names []string
	for _, s := range inCredentials {
		names = append(names, s.name)
	}
	for _, s := range inConfig {
		if name, ok := strings.CutPrefix(s.name, "profile "); ok || name == "default" {
			names = append(names, strings.TrimSpace(name))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withoutKeys explains profiles whose keys are made when they are used.
func withoutKeys(f File, sections []*iniSection, profile string) finding.List {
	for _, key := range []string{"sso_session", "sso_start_url", "credential_process", "role_arn", "web_identity_token_file", "credential_source"} {
		if slices.ContainsFunc(sections, func(s *iniSection) bool { _, ok := s.get(key); return ok }) {
			return finding.List{f.fault(0, "profile %q has no access keys: the AWS tools create temporary ones (%s)", profile, key).
				WithHint("use a profile with long-term keys, or `seldonctl secret rclone --auth iam` with a role for the pod")}
		}
	}
	return nil
}
