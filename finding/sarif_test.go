package finding

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestSARIFFollowsItsSchema(t *testing.T) {
	t.Parallel()
	schema := compileSARIFSchema(t)
	var all List
	for _, def := range Definitions() {
		all = append(all, New(def.Code, nil, "message").At(Position{"a.yaml", 1, 1}))
	}
	tests := []struct {
		name string
		list List
	}{
		{"without findings", nil},
		{"the sample", sample()},
		{"every code", all},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := report(t, "sarif", ReportOptions{Root: "/repo"}, tt.list)
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestTheSARIFSchemaRefusesWhatIsNoSARIF(t *testing.T) {
	t.Parallel()
	schema := compileSARIFSchema(t)
	out := report(t, "sarif", ReportOptions{}, sample())
	for _, change := range [][2]string{
		{`"version": "2.1.0"`, `"version": "2.0.0"`},
		{`"level": "warning"`, `"level": "warn"`},
		{`"startLine": 9`, `"startLine": 0`},
		{`"uri": "models/iris.yaml"`, `"uri": "models/%zz"`},
		{`"columnKind"`, `"columnKinds"`},
	} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(out, change[0], change[1], 1)))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Errorf("%s instead of %s was accepted", change[1], change[0])
		}
	}
}

func compileSARIFSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(sarifSchema, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestOnlyErrorsWithoutAFileMakeARunUnsuccessful(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		list List
		want bool
	}{
		{"faults of the input", List{New(UnknownField, nil, "x").At(Position{"a.yaml", 1, 1})}, true},
		{"a warning without file", List{New(EmptyFolder, nil, "x")}, true},
		{"a full disk", List{New(DiskFull, nil, "x")}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var log sarifLog
			if err := json.Unmarshal([]byte(report(t, "sarif", ReportOptions{}, tt.list)), &log); err != nil {
				t.Fatal(err)
			}
			if got := log.Runs[0].Invocations[0].ExecutionSuccessful; got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestFilesInSARIFAreURIs(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, want string }{
		{"a relative name stays relative", "models/iris.yaml", "models/iris.yaml"},
		{"spaces and percent signs are encoded", "my models/100%.yaml", "my%20models/100%25.yaml"},
		{"what would start a query or fragment is encoded", "a?b#c.yaml", "a%3Fb%23c.yaml"},
		{"other letters are encoded", "größe.yaml", "gr%C3%B6%C3%9Fe.yaml"},
		{"a colon does not make a scheme", "a:b.yaml", "./a:b.yaml"},
		{"an absolute name is a file URI", "/etc/a b.yaml", "file:///etc/a%20b.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := fileURI(tt.file); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
