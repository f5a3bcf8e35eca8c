// Kfserving stands for kfserving's storage initializer v0.4.0, which is a Python
// program: it reads the variables and files that docs/behaviour/credentials.md,
// 5.2, says that one reads, with other clients.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: kfserving URI FOLDER")
		os.Exit(2)
	}
	if err := fetch(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// place is what a URI means to one kind of storage: what there is below it, and
// how to read one of those.
type place interface {
	list(ctx context.Context) ([]string, error)
	open(ctx context.Context, name string) (io.ReadCloser, error)
}

func fetch(ctx context.Context, uri, dir string) error {
	p, prefix, err := placeOf(ctx, uri)
	if err != nil {
		return err
	}
	names, err := p.list(ctx)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("failed to fetch model: the path or model %s does not exist", uri)
	}
	for _, name := range names {
		relative := strings.Trim(strings.TrimPrefix(name, prefix), "/")
		if err := save(ctx, p, name, filepath.Join(dir, cmp.Or(relative, filepath.Base(name)))); err != nil {
			return err
		}
	}
	return nil
}

func save(ctx context.Context, p place, name, file string) error {
	from, err := p.open(ctx, name)
	if err != nil {
		return err
	}
	defer from.Close()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	to, err := os.Create(file)
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Close()
}

// placeOf returns the place of a URI, and the part of names that it leaves out.
func placeOf(ctx context.Context, uri string) (place, string, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, "", err
	}
	path := strings.TrimPrefix(u.Path, "/")
	switch {
	case u.Scheme == "s3":
		p, err := newS3(u.Host, path)
		return p, path, err
	case u.Scheme == "gs":
		// What is looked for ends with a slash.
		path = strings.TrimSuffix(path, "/") + "/"
		client, err := googleClient(ctx)
		return &gcs{client, u.Host, path}, path, err
	case u.Scheme == "https" && strings.HasSuffix(u.Host, ".blob.core.windows.net"):
		container, prefix, ok := strings.Cut(path, "/")
		if !ok {
			return nil, "", errors.New("no / after the container")
		}
		token, err := azureToken(ctx)
		return &azure{u.Host, container, prefix, token}, prefix, err
	case u.Scheme == "file" || u.Scheme == "":
		return local(u.Path), u.Path, nil
	}
	return nil, "", fmt.Errorf("cannot recognize storage type for %s", uri)
}

type s3 struct {
	client         *minio.Client
	bucket, prefix string
}

// newS3 takes the host of AWS_ENDPOINT_URL, which has none without a scheme.
func newS3(bucket, prefix string) (place, error) {
	endpoint, err := url.Parse(cmp.Or(os.Getenv("AWS_ENDPOINT_URL"), "http://s3.amazonaws.com"))
	if err != nil {
		return nil, err
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), ""),
		Region: os.Getenv("AWS_REGION"), Secure: endpoint.Scheme == "https",
	})
	if err != nil {
		return nil, err
	}
	client.SetS3EnableDualstack(false)
	return &s3{client, bucket, prefix}, nil
}

func (s *s3) list(ctx context.Context) (names []string, err error) {
	for object := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if object.Err != nil {
			return nil, object.Err
		}
		names = append(names, object.Key)
	}
	return names, nil
}

func (s *s3) open(ctx context.Context, name string) (io.ReadCloser, error) {
	return s.client.GetObject(ctx, s.bucket, name, minio.GetObjectOptions{})
}

// googleClient has the identity of GOOGLE_APPLICATION_CREDENTIALS, else of the
// machine, else none.
func googleClient(ctx context.Context) (*http.Client, error) {
	const scope = "https://www.googleapis.com/auth/devstorage.read_only"
	if file := os.Getenv("GOOGLE_APPLICATION_CREDENTIALS"); file != "" {
		key, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		config, err := google.JWTConfigFromJSON(key, scope)
		if err != nil {
			return nil, err
		}
		return config.Client(ctx), nil
	}
	machine := google.ComputeTokenSource("", scope)
	if _, err := machine.Token(); err != nil {
		return http.DefaultClient, nil
	}
	return oauth2.NewClient(ctx, machine), nil
}

type gcs struct {
	client         *http.Client
	bucket, prefix string
}

func (g *gcs) url(name string, query url.Values) string {
	path := "https://storage.googleapis.com/storage/v1/b/" + url.PathEscape(g.bucket) + "/o"
	if name != "" {
		path += "/" + url.PathEscape(name)
	}
	return path + "?" + query.Encode()
}

func (g *gcs) list(ctx context.Context) (names []string, err error) {
	answer, err := get(ctx, g.client, g.url("", url.Values{"prefix": {g.prefix}}), nil)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var page struct{ Items []struct{ Name string } }
	if err := json.NewDecoder(answer).Decode(&page); err != nil {
		return nil, err
	}
	for _, item := range page.Items {
		names = append(names, item.Name)
	}
	return names, nil
}

func (g *gcs) open(ctx context.Context, name string) (io.ReadCloser, error) {
	return get(ctx, g.client, g.url(name, url.Values{"alt": {"media"}}), nil)
}

// azureToken is that of the service principal, if all four variables have a value;
// without a token it is anonymous.
func azureToken(ctx context.Context) (string, error) {
	var values []string
	for _, name := range []string{"AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID"} {
		if os.Getenv(name) == "" {
			return "", nil
		}
		values = append(values, os.Getenv(name))
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {values[1]}, "client_secret": {values[2]}, "resource": {"https://storage.azure.com/"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://login.microsoftonline.com/"+url.PathEscape(values[0])+"/oauth2/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := body(http.DefaultClient.Do(request))
	if err != nil {
		return "", err
	}
	defer answer.Close()
	var token struct {
		Text string `json:"access_token"`
	}
	err = json.NewDecoder(answer).Decode(&token)
	return token.Text, err
}

type azure struct{ host, container, prefix, token string }

func (a *azure) get(ctx context.Context, path string, query url.Values) (io.ReadCloser, error) {
	header := http.Header{"X-Ms-Version": {"2019-12-12"}}
	if a.token != "" {
		header.Set("Authorization", "Bearer "+a.token)
	}
	return get(ctx, http.DefaultClient, (&url.URL{Scheme: "https", Host: a.host, Path: "/" + a.container + path, RawQuery: query.Encode()}).String(), header)
}

func (a *azure) list(ctx context.Context) (names []string, err error) {
	answer, err := a.get(ctx, "", url.Values{"restype": {"container"}, "comp": {"list"}, "prefix": {a.prefix}})
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var page struct {
		Names []string `xml:"Blobs>Blob>Name"`
	}
	err = xml.NewDecoder(answer).Decode(&page)
	return page.Names, err
}

func (a *azure) open(ctx context.Context, name string) (io.ReadCloser, error) {
	return a.get(ctx, "/"+name, nil)
}

// local is a path, such as that of a volume.
type local string

func (l local) list(context.Context) (names []string, err error) {
	err = filepath.WalkDir(string(l), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	return names, err
}

func (l local) open(_ context.Context, name string) (io.ReadCloser, error) { return os.Open(name) }

func get(ctx context.Context, client *http.Client, url string, header http.Header) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if header != nil {
		request.Header = header
	}
	return body(client.Do(request))
}

func body(answer *http.Response, err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<12))
		answer.Body.Close()
		return nil, fmt.Errorf("%s: %s", answer.Status, text)
	}
	return answer.Body, nil
}
