// Image lays out the container image of a release: the program and its licences on
// an empty base, for every Linux platform. There is no shell, no package and
// nothing to update in it. The same files give the same digest.
//
//	go -C tools/release run ./image -o DIR -version V -date RFC3339 ../../dist/*linux*.tar.gz
//
// It unpacks the release's own archives, so that what runs in a container is what
// was signed. DIR becomes an OCI layout, which crane, skopeo and podman read.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// places says where the files of an archive go. Others stay out.
var places = map[string]string{
	"seldonctl":           "usr/local/bin/seldonctl",
	"LICENSE":             "usr/share/doc/seldonctl/LICENSE",
	"THIRD_PARTY_NOTICES": "usr/share/doc/seldonctl/THIRD_PARTY_NOTICES",
}

// archiveName gives the architecture of an archive.
var archiveName = regexp.MustCompile(`_linux_([a-z0-9]+)\.tar\.gz$`)

func main() {
	out := flag.String("o", "", "folder for the OCI layout")
	version := flag.String("version", "", "version of the release")
	date := flag.String("date", "", "date of the commit, in RFC 3339")
	flag.Parse()
	if err := write(*out, *version, *date, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func write(out, version, date string, archives []string) error {
	when, err := time.Parse(time.RFC3339, date)
	if err != nil || out == "" || version == "" || len(archives) == 0 {
		return errors.Join(errors.New("expected -o, -version, -date and archives"), err)
	}
	labels := map[string]string{
		"org.opencontainers.image.title":    "seldonctl",
		"org.opencontainers.image.source":   "https://github.com/seldonctl/seldonctl",
		"org.opencontainers.image.licenses": "Apache-2.0",
		"org.opencontainers.image.version":  version,
	}
	index := mutate.IndexMediaType(empty.Index, types.OCIImageIndex)
	for _, archive := range archives {
		m := archiveName.FindStringSubmatch(archive)
		if m == nil {
			return fmt.Errorf("%s: expected an archive for Linux", archive)
		}
		image, err := platformImage(archive, m[1], labels, when.UTC())
		if err != nil {
			return fmt.Errorf("%s: %w", archive, err)
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{
			Add:        image,
			Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: m[1]}},
		})
	}
	annotated, ok := mutate.Annotations(index, labels).(v1.ImageIndex)
	if !ok {
		return errors.New("an index with annotations is not an index")
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if _, err := layout.Write(out, annotated); err != nil {
		return err
	}
	digest, err := annotated.Digest()
	if err != nil {
		return err
	}
	fmt.Println(digest)
	return nil
}

// platformImage returns the image of one platform.
func platformImage(archive, arch string, labels map[string]string, when time.Time) (v1.Image, error) {
	content, err := repack(archive, when)
	if err != nil {
		return nil, err
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}, tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, err
	}
	base := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	image, err := mutate.Append(base, mutate.Addendum{Layer: layer})
	if err != nil {
		return nil, err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	config = config.DeepCopy()
	config.OS, config.Architecture = "linux", arch
	config.Created = v1.Time{Time: when}
	config.Config = v1.Config{
		// Without arguments and with a ResourceList on standard input this is the
		// KRM function, otherwise the command line.
		Entrypoint: []string{"seldonctl"},
		Env:        []string{"PATH=/usr/local/bin"},
		// nobody: hosts run functions as this user.
		User:   "65534:65534",
		Labels: labels,
	}
	return mutate.ConfigFile(image, config)
}

// repack returns a tar of the files that belong into the image.
func repack(archive string, when time.Time) ([]byte, error) {
	f, err := os.Open(filepath.Clean(archive))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	from, to := tar.NewReader(unzipped), tar.NewWriter(&out)
	found := 0
	for {
		h, err := from.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		place, ok := places[path.Base(h.Name)]
		if !ok || h.Typeflag != tar.TypeReg {
			continue
		}
		found++
		header := &tar.Header{Name: place, Typeflag: tar.TypeReg, Size: h.Size, Mode: h.Mode & 0o755, ModTime: when}
		if err := to.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := io.Copy(to, from); err != nil {
			return nil, err
		}
	}
	if found != len(places) {
		return nil, fmt.Errorf("%d of the %d files of the image are there", found, len(places))
	}
	return out.Bytes(), to.Close()
}
