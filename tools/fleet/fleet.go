package fleet

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Manifest returns number i of the fleet of a seed, a YAML document that ends in
// a newline. No two manifests of a fleet make the same object.
func Manifest(seed uint64, i int) []byte {
	m := &writer{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
	name := fmt.Sprintf("%s-%s-%d", pick(m, adjectives), pick(m, nouns), i)
	m.line(0, "apiVersion: machinelearning.seldon.io/v1")
	m.line(0, "kind: SeldonDeployment")
	m.line(0, "metadata:")
	m.line(1, "name: %s", name)
	m.line(1, "namespace: %s", pick(m, namespaces))
	if m.chance(30) {
		m.line(1, "labels:")
		m.line(2, "team: %s", pick(m, nouns))
		m.line(2, "stage: %s", pick(m, stages))
	}
	m.line(0, "spec:")
	m.line(1, "name: %s", name)
	kinds[m.kind()].write(m)
	return m.text
}

// Write writes the first n manifests of the fleet of a seed into a folder that
// exists, a file each.
func Write(dir string, seed uint64, n int) error {
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("model-%06d.yaml", i))
		if err := os.WriteFile(name, Manifest(seed, i), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// WriteStream writes the first n manifests of the fleet of a seed as one stream
// of documents.
func WriteStream(to io.Writer, seed uint64, n int) error {
	out := bufio.NewWriter(to)
	for i := range n {
		if i > 0 {
			out.WriteString("---\n")
		}
		out.Write(Manifest(seed, i))
	}
	return out.Flush()
}
