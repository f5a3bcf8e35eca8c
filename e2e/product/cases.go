package product

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Variants that are not folders of values.
const (
	// Default is that of the release's own values.
	Default = "default"
	// Example is that of the values that come with an example, if any.
	Example = "example"
)

// Case is an input with a release and values to render it with.
type Case struct {
	Release string
	// Variant names the values.
	Variant string
	// Name is set/name of a recorded input, the path of an example.
	Name string
	// Input and Values are files; there may be no values. Flags are more flags.
	Input  string
	Values string
	Flags  []string

	recorded string
}

// String returns release/variant/name.
func (c Case) String() string { return c.Release + "/" + c.Variant + "/" + c.Name }

// Recorded returns what the operator built, nothing when it refused the input
// or was not asked.
func (c Case) Recorded() ([]unstructured.Unstructured, error) {
	if c.recorded == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.recorded)
	if err != nil {
		return nil, err
	}
	return decode(text)
}

// Deployment returns the name of the first SeldonDeployment of the input.
func (c Case) Deployment() (string, error) {
	text, err := os.ReadFile(c.Input)
	if err != nil {
		return "", err
	}
	objects, err := decode(text)
	for i := range objects {
		if objects[i].GetKind() == "SeldonDeployment" {
			return objects[i].GetName(), nil
		}
	}
	return "", err
}

// flags say what to render. A field that nobody knows is dropped with a warning,
// as a cluster does, so that the rest of the input can be looked at.
func (c Case) flags() []string {
	flags := []string{"-f", c.Input, "--seldon-version", c.Release, "--validate=warn"}
	if c.Values != "" {
		flags = append(flags, "--values", c.Values)
	}
	return append(flags, c.Flags...)
}

// Cases returns the cases of the project at root for the releases: all
// recordings that are part of it, then all examples.
func Cases(root string, releases ...string) ([]Case, error) {
	files, err := exampleFiles(filepath.Join(root, "examples"))
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, release := range releases {
		some, err := recordings{filepath.Join(root, "testdata", "recorded")}.cases(release)
		if err != nil {
			return nil, err
		}
		cases = append(cases, some...)
		for _, file := range files {
			c, err := example(root, release, file)
			if err != nil {
				return nil, err
			}
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("no cases below %s", root)
	}
	return cases, nil
}

// example returns the case of an example, with the values next to it.
func example(root, release, file string) (Case, error) {
	name, err := filepath.Rel(root, file)
	if err != nil {
		return Case{}, err
	}
	c := Case{Release: release, Variant: Example, Name: name, Input: file}
	if values := filepath.Join(filepath.Dir(file), "values.yaml"); exists(values) {
		c.Values = values
	}
	return c, nil
}

// exampleFiles returns the files that hold a SeldonDeployment.
func exampleFiles(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Contains(text, []byte("\nkind: SeldonDeployment")) && bytes.Contains(text, []byte("apiVersion: machinelearning.seldon.io/")) {
			files = append(files, path)
		}
		return nil
	})
	return files, err
}
