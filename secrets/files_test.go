package secrets_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/secrets"
)

// plain returns values as text, to be compared.
func plain(values map[string]secrets.Sensitive) map[string]string {
	if values == nil {
		return nil
	}
	out := map[string]string{}
	for name, value := range values {
		out[name] = value.Reveal()
	}
	return out
}

func file(name, data string) secrets.File { return secrets.File{Name: name, Data: []byte(data)} }

func TestReadEnvFile(t *testing.T) {
	t.Parallel()
	environment := func(name string) (string, bool) {
		v, ok := map[string]string{"HOST": "from-env", "EMPTY_IN_ENV": ""}[name]
		return v, ok
	}
	for _, tt := range []struct {
		name, data string
		want       map[string]string
		faults     []string
	}{
		{"values are taken as they are", "A=b=c\nB=\"q\"\nC= x \nD=\n", map[string]string{"A": "b=c", "B": `"q"`, "C": " x ", "D": ""}, nil},
		{"comments, blank lines, indentation, byte order mark and Windows", "\ufeff# c\r\n\r\n  A=1\r\n\t#B=2\r\n", map[string]string{"A": "1"}, nil},
		{"a name alone comes from the environment", "HOST\nEMPTY_IN_ENV\nABSENT\n", map[string]string{"HOST": "from-env", "EMPTY_IN_ENV": ""}, nil},
		{"the last of equal names counts", "A=1\nA=2", map[string]string{"A": "2"}, nil},
		{"no line end at the end", "A=1", map[string]string{"A": "1"}, nil},
		{"nothing", "", map[string]string{}, nil},
		{"lines that are none", "export A=hunter2\nA =hunter2\nhunter2!\n=hunter2\nB=1", map[string]string{"B": "1"}, []string{
			"f.env: SDC603 error: line 1 begins with export, which kubectl refuses too; write NAME=VALUE",
			"f.env: SDC603 error: line 2 has a space before =; write NAME=VALUE",
			"f.env: SDC603 error: line 3 does not begin with the name of a variable; write NAME=VALUE, with all of the value on one line",
			"f.env: SDC603 error: line 4 does not begin with the name of a variable; write NAME=VALUE, with all of the value on one line",
		}},
		{"no text", "A=\xff", nil, []string{"f.env: SDC603 error: is not valid UTF-8"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, faults := secrets.ReadEnvFile(file("f.env", tt.data), environment)
			if d := cmp.Diff(tt.want, plain(got)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.faults, saidAll(faults)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadAWSProfile(t *testing.T) {
	t.Parallel()
	const credentials = `# keys
[default]
aws_access_key_id = AKIADEFAULT
aws_secret_access_key=a=b#c;d

[ team-a ]
AWS_ACCESS_KEY_ID = AKIATEAM
aws_secret_access_key = hunter2
aws_session_token = token
[half]
aws_access_key_id = AKIAHALF
`
	const config = `[default]
region = eu-west-1
s3 =
    endpoint_url = http://nested
    addressing_style = path
[profile team-a]
region = us-east-2
endpoint_url = http://minio:9000
[profile sso]
sso_session = corp
region = x
`
	for _, tt := range []struct {
		profile string
		want    map[string]string
		faults  []string
	}{
		{"default", map[string]string{"access-key-id": "AKIADEFAULT", "secret-access-key": "a=b#c;d", "region": "eu-west-1"}, nil},
		{"team-a", map[string]string{
			"access-key-id": "AKIATEAM", "secret-access-key": "hunter2", "session-token": "token",
			"region": "us-east-2", "endpoint": "http://minio:9000",
		}, nil},
		{"half", map[string]string{"access-key-id": "AKIAHALF"}, nil},
		{"sso", map[string]string{"region": "x"}, []string{
			"creds: SDC603 error: profile \"sso\" has no access keys: the AWS tools create temporary ones (sso_session); use a profile with long-term keys, or `seldonctl secret rclone --auth iam` with a role for the pod",
		}},
		{"none", nil, []string{"creds: SDC603 error: profile \"none\" not found, nor in conf; `aws configure list-profiles` lists the profiles"}},
	} {
		t.Run(tt.profile, func(t *testing.T) {
			t.Parallel()
			got, faults := secrets.ReadAWSProfile(file("creds", credentials), file("conf", config), tt.profile)
			if d := cmp.Diff(tt.want, plain(got)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.faults, saidAll(faults)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadAWSProfileOfBrokenFiles(t *testing.T) {
	t.Parallel()
	_, faults := secrets.ReadAWSProfile(file("creds", "aws_secret_access_key = hunter2\n[a\nhunter2\n"), file("conf", ""), "a")
	want := []string{
		"creds: SDC603 error: line 1 comes before the first section",
		"creds: SDC603 error: line 2 begins a section without a closing bracket",
		"creds: SDC603 error: line 3 is neither a section in brackets nor name = value",
	}
	if d := cmp.Diff(want, saidAll(faults)); d != "" {
		t.Error(d)
	}
}

func TestReadRcloneSection(t *testing.T) {
	t.Parallel()
	const conf = "[minio]\ntype = s3\nprovider = Minio\nsecret_access_key = a\"b#c = d\n\n[gs]\ntype = google cloud storage\n\n[bare]\nprovider = x\n"
	for _, tt := range []struct {
		name, data, section string
		want                *secrets.RcloneSection
		faults              []string
	}{
		{"a section by name", conf, "minio", &secrets.RcloneSection{Name: "minio", Options: map[string]secrets.Sensitive{
			"type": "s3", "provider": "Minio", "secret_access_key": `a"b#c = d`,
		}}, nil},
		{"the only section", "[x]\ntype = s3", "", &secrets.RcloneSection{Name: "x", Options: map[string]secrets.Sensitive{"type": "s3"}}, nil},
		{"several sections", conf, "", nil, []string{`f: SDC603 error: has several sections: "minio", "gs", "bare"; choose one (section)`}},
		{"another section", conf, "s3", nil, []string{`f: SDC603 error: has no section "s3"; it has "minio", "gs", "bare"`}},
		{"no type", conf, "bare", nil, []string{`f: SDC603 error: line 9 begins section "bare", which has no type`}},
		{"nothing", "", "", nil, []string{"f: SDC603 error: has no sections; `rclone config file` prints the path of rclone's own"}},
		{"an encrypted file", "# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nhunter2\n", "", nil, []string{"f: SDC603 error: is encrypted by rclone; decrypt it: `rclone config show > FILE`"}},
		{"a strange option", "[a]\ntype = s3\nhunter2-x = 1", "", nil, []string{"f: SDC603 error: line 3 does not begin with the name of an option"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, faults := secrets.ReadRcloneSection(file("f", tt.data), tt.section)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.faults, saidAll(faults)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestBuildFromARcloneSection(t *testing.T) {
	t.Parallel()
	section := func(pairs ...string) *secrets.RcloneSection {
		s := &secrets.RcloneSection{Name: "mine", Options: map[string]secrets.Sensitive{}}
		for i := 0; i < len(pairs); i += 2 {
			s.Options[pairs[i]] = secrets.Sensitive(pairs[i+1])
		}
		return s
	}
	for _, tt := range []struct {
		name    string
		request secrets.Request
		want    map[string]string
		said    []string
	}{
		{"all options, under the section's name", secrets.Request{Section: section("type", "sftp", "host", "h", "pass", "obscured", "description", "x")},
			map[string]string{"RCLONE_CONFIG_MINE_TYPE": "sftp", "RCLONE_CONFIG_MINE_HOST": "h", "RCLONE_CONFIG_MINE_PASS": "obscured"}, nil},
		{"the remote is the URI's scheme, fields win", secrets.Request{
			Section: section("type", "s3", "access_key_id", "a", "secret_access_key", "s"), URI: "s3://b/m", Values: map[string]secrets.Sensitive{"access-key-id": "b", "region": "r"},
		}, map[string]string{"RCLONE_CONFIG_S3_TYPE": "s3", "RCLONE_CONFIG_S3_ACCESS_KEY_ID": "b", "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY": "s", "RCLONE_CONFIG_S3_REGION": "r"}, nil},
		{"a Google remote is never anonymous by accident", secrets.Request{Section: section("type", "google cloud storage", "token", "t"), Remote: "gs"},
			map[string]string{"RCLONE_CONFIG_GS_TYPE": "google cloud storage", "RCLONE_CONFIG_GS_TOKEN": "t", "RCLONE_CONFIG_GS_ANONYMOUS": "false"}, nil},
		{"a key file that stays behind", secrets.Request{Section: section("type", "google cloud storage", "anonymous", "false", "service_account_file", "/home/me/key.json")},
			map[string]string{
				"RCLONE_CONFIG_MINE_TYPE": "google cloud storage", "RCLONE_CONFIG_MINE_ANONYMOUS": "false",
				"RCLONE_CONFIG_MINE_SERVICE_ACCOUNT_FILE": "/home/me/key.json",
			}, []string{"SDC605 warning: RCLONE_CONFIG_MINE_SERVICE_ACCOUNT_FILE names a file that the init container does not have; pass the file itself (key-file)"}},
		{"a key file that is given", secrets.Request{
			Section: section("type", "google cloud storage", "service_account_file", "/k"),
			Values:  map[string]secrets.Sensitive{"key-file": keyFile},
		}, map[string]string{
			"RCLONE_CONFIG_MINE_TYPE": "google cloud storage", "RCLONE_CONFIG_MINE_ANONYMOUS": "false",
			"RCLONE_CONFIG_MINE_SERVICE_ACCOUNT_CREDENTIALS": compact(keyFile),
		}, nil},
		{"a remote of remotes", secrets.Request{Section: section("type", "crypt", "remote", "s3:x")},
			map[string]string{"RCLONE_CONFIG_MINE_TYPE": "crypt", "RCLONE_CONFIG_MINE_REMOTE": "s3:x"},
			[]string{"SDC605 warning: a remote of type crypt works through other remotes, which the Secret does not have; use the section that it refers to"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, _ := secrets.Lookup("rclone")
			tt.request.Name, tt.request.StringData = "m", true
			result := p.Build(tt.request)
			if d := cmp.Diff(tt.said, saidAll(result.Findings)); d != "" {
				t.Error(d)
			}
			if result.Secret == nil {
				t.Fatal("there is no Secret")
			}
			if d := cmp.Diff(tt.want, result.Secret.StringData); d != "" {
				t.Error(d)
			}
		})
	}
}

// compact is JSON on one line; rclone takes no other in a variable.
func compact(text string) string {
	var v json.RawMessage
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func TestReadServicePrincipal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, data string
		want       map[string]string
		faults     []string
	}{
		{"with --json-auth", `{"clientId":"c","clientSecret":"s","subscriptionId":"u","tenantId":"t","galleryEndpointUrl":"x"}`,
			map[string]string{"tenant-id": "t", "client-id": "c", "client-secret": "s", "subscription-id": "u"}, nil},
		{"without", `{"appId":"c","displayName":"n","password":"s","tenant":"t"}`,
			map[string]string{"tenant-id": "t", "client-id": "c", "client-secret": "s"}, nil},
		{"members missing", `{"appId":7,"password":"hunter2"}`, nil,
			[]string{"f: SDC603 error: is not a service principal; missing: tenantId or tenant, clientId or appId; `az ad sp create-for-rbac --json-auth` prints it"}},
		{"no JSON", `hunter2`, nil, []string{"f: SDC603 error: is not the JSON of a service principal; `az ad sp create-for-rbac --json-auth` prints it"}},
		{"null", `null`, nil, []string{"f: SDC603 error: is not the JSON of a service principal; `az ad sp create-for-rbac --json-auth` prints it"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, faults := secrets.ReadServicePrincipal(file("f", tt.data))
			if d := cmp.Diff(tt.want, plain(got)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.faults, saidAll(faults)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestKeyFileIsCheckedAndWhatIsMissingNamed(t *testing.T) {
	t.Parallel()
	const howTo = "; make one with `gcloud iam service-accounts keys create FILE --iam-account EMAIL`"
	without := func(names ...string) string {
		var key map[string]any
		if err := json.Unmarshal([]byte(keyFile), &key); err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(key, func(name string, _ any) bool { return strings.Contains(fmt.Sprint(names), name) })
		out, _ := json.Marshal(key)
		return string(out)
	}
	for _, tt := range []struct{ name, content, want string }{
		{"a key", keyFile, ""},
		{"two members missing", without("client_email", "token_uri"), "is not a complete service-account key; missing: client_email, token_uri" + howTo},
		{"no type", without("\"type\"", "type"), "is not a complete service-account key; missing: type" + howTo},
		{"a user's login", `{"type":"authorized_user"}`, "is the login of a user (authorized_user), not the key of a service account" + howTo},
		{"workload identity federation", `{"type":"external_account"}`, "is of type external_account, which needs more than the file; use the key of a service account" + howTo},
		{"another type", `{"type":"hunter2"}`, "is not of type service_account" + howTo},
		{"no JSON", "-----BEGIN PRIVATE KEY-----", "is not the JSON of a service-account key" + howTo},
		{"JSON that is not a map", `["a"]`, "is not the JSON of a service-account key" + howTo},
		{"a key with broken lines", strings.ReplaceAll(keyFile, `\n`, `\\n`), "has a private_key that is not a PEM block; use the file as it was downloaded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(tt.want, secrets.CheckKeyFile(tt.content)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCheckEndpoint(t *testing.T) {
	t.Parallel()
	for value, fine := range map[string]bool{
		"http://minio:9000": true, "https://s3.amazonaws.com": true, "https://[::1]:9000/": true, "HTTPS://x": true, "http://x/storage/v1": true,
		"minio:9000": false, "s3.amazonaws.com": false, "s3://x": false, "http://": false, "http://:9000": false, "http://a b": false,
		"http://u:p@x": false, "http://x?y": false, "http://x#y": false, "http://x?": false, "://x": false,
	} {
		if got := secrets.CheckEndpoint(value); (got == "") != fine {
			t.Errorf("%s: %q", value, got)
		}
	}
}

func TestMisspeltNamesAreFound(t *testing.T) {
	t.Parallel()
	p, _ := secrets.Lookup("aws")
	result := p.Build(secrets.Request{Name: "m"})
	variables := map[string]secrets.Sensitive{
		"AWS_SECRET_KEY": "", "aws_access_key_id": "", "AWS_ACESS_KEY_ID": "", "OTHER": "", "AWS_REGION": "", "KEY": "", "AWS_SECRET_ACCESS_KEI": "",
	}
	got := saidAll(secrets.Misspelt("f.env", variables, result.Missing, ""))
	want := []string{
		"f.env: SDC606 warning: the variable AWS_ACESS_KEY_ID is not used; did you mean AWS_ACCESS_KEY_ID?",
		"f.env: SDC606 warning: the variable aws_access_key_id is not used; did you mean AWS_ACCESS_KEY_ID?",
		"f.env: SDC606 warning: the variable AWS_SECRET_ACCESS_KEI is not used; did you mean AWS_SECRET_ACCESS_KEY?",
		"f.env: SDC606 warning: the variable AWS_SECRET_KEY is not used; did you mean AWS_SECRET_ACCESS_KEY?",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func leaks(t *testing.T, l finding.List, data []byte) {
	t.Helper()
	for _, f := range l {
		if f.Pos.Line != 0 {
			t.Errorf("a position would show the line: %s", said(f))
		}
		if len(data) > 8 && strings.Contains(said(f), string(data)) {
			t.Errorf("the content is shown: %s", said(f))
		}
	}
}

func FuzzReadFiles(f *testing.F) {
	for _, seed := range []string{
		"[default]\naws_access_key_id = a\naws_secret_access_key = b\n", "[a\n", "=\n[]\n =\n", "\ufeff[x]\r\ntype = s3\r\n\tk = v\n",
		"A=b\nexport C=d\nE\n", "[a]\n[a]\nb=c\n[b]", keyFile, `{"appId":"c","password":"s","tenant":"t"}`, "RCLONE_ENCRYPT_V0:\n", "\xff\x00[",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := secrets.File{Name: "f", Data: data}
		_, l := secrets.ReadEnvFile(in, nil)
		leaks(t, l, data)
		_, l = secrets.ReadAWSProfile(in, in, "default")
		leaks(t, l, data)
		_, l = secrets.ReadServicePrincipal(in)
		leaks(t, l, data)
		section, l := secrets.ReadRcloneSection(in, "")
		leaks(t, l, data)
		if section != nil && section.Options["type"] == "" {
			t.Error("a section without type")
		}
		secrets.CheckKeyFile(string(data))
		secrets.CheckEndpoint(string(data))
	})
}

// FuzzINIRoundTrip writes a section and reads it back.
func FuzzINIRoundTrip(f *testing.F) {
	f.Add("name", "key", "value = # ; \"x\"")
	f.Fuzz(func(t *testing.T, name, key, value string) {
		for _, s := range []string{name, key, value} {
			if strings.TrimSpace(s) != s || strings.ContainsAny(s, "\r\n") {
				return
			}
		}
		if strings.Contains(name, "]") || key == "" || strings.ContainsAny(key[:1], "#;[") || strings.Contains(key, "=") {
			return
		}
		got, ok := secrets.ParseINI([]byte("[" + name + "]\n" + key + " = " + value + "\n"))
		want := map[string]map[string]string{name: {key: value}}
		if !ok || !cmp.Equal(want, got) {
			t.Errorf("%v: %s", ok, cmp.Diff(want, got))
		}
	})
}
