package recorded

import (
	"fmt"
	"os"
)

// Case is one recorded run of the operator.
type Case struct {
	Release string
	Variant string
	// Set is the group of inputs that the case belongs to.
	Set  string
	Name string
	// KubeVersion is the Kubernetes version to render for, so that API versions
	// are those of the recording; empty for a release without a rule.
	KubeVersion string
	// Input and Values are the files of the SeldonDeployment and of the chart
	// values that lie over the release's defaults.
	Input  string
	Values string
	// Expected is the file with the objects, or, when Rejected, with the
	// operator's words of refusal.
	Expected string
	Rejected bool
	// Text is what Expected holds where that is a file inside an archive.
	Text []byte
}

// String returns release/variant/set/name, fit for the name of a subtest.
func (c Case) String() string {
	return c.Release + "/" + c.Variant + "/" + c.Set + "/" + c.Name
}

// Objects reads the objects that the operator built. A rejected case has none.
func (c Case) Objects() ([]Object, error) {
	if c.Rejected {
		return nil, nil
	}
	text, err := c.Recording()
	if err != nil {
		return nil, err
	}
	objects, err := Decode(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Expected, err)
	}
	return objects, nil
}

// Recording returns what Expected holds.
func (c Case) Recording() ([]byte, error) {
	if c.Text != nil {
		return c.Text, nil
	}
	return os.ReadFile(c.Expected)
}

// kubeVersion returns the Kubernetes version at which the product writes the
// API versions that the operator of a release wrote.
func kubeVersion(release string) string {
	var minor int
	if _, err := fmt.Sscanf(release, "1.%d.", &minor); err != nil {
		return ""
	}
	if minor >= 16 {
		return "1.27"
	}
	return "1.20"
}
