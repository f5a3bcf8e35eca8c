package recorded

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const archiveSuffix = ".tar.gz"

// readArchive reads the recordings of a release, packed as release/variant/set/name;
// there are none where the archive is not there.
func readArchive(file string) (recordings, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := recordings{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		_, path, _ := strings.Cut(strings.Trim(strings.TrimPrefix(h.Name, "./"), "/"), "/")
		if err := out.add(path, recording{file: file + ":" + h.Name, text: text}); err != nil {
			return nil, err
		}
	}
}
