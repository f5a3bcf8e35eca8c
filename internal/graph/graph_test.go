package graph_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/internal/browser"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/graph"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

var update = flag.Bool("update", false, "write the pictures in testdata and docs/graph")

const example = "../../examples/graph/shop.yaml"

// read returns the graph of the only SeldonDeployment of a file.
func read(t *testing.T, file string) *graph.Graph {
	t.Helper()
	in := source.Open([]string{file}, source.Options{})
	defer in.Close()
	for doc, fault := range in.Documents(t.Context()) {
		if fault != nil {
			t.Fatal(fault)
		}
		sd, _, findings := source.NewDecoder(release.Default(), source.Strict).Deployment(doc)
		if findings.HasErrors() {
			t.Fatal(findings)
		}
		renderer, _ := render.New(render.Config{})
		return newGraph(t, renderer, sd)
	}
	t.Fatal("no document")
	return nil
}

func newGraph(t *testing.T, renderer *render.Renderer, sd *seldon.Deployment) *graph.Graph {
	t.Helper()
	g, err := graph.New(sd, renderer.Render(render.Input{Deployment: sd}).Objects)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func draw(t *testing.T, format, level string, graphs ...*graph.Graph) []byte {
	t.Helper()
	l, err := graph.ParseLevel(level)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := graph.Write(&out, format, l, graphs...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The pictures of the example, those of the documentation among them.
func TestPictures(t *testing.T) {
	t.Parallel()
	g := read(t, example)
	files := map[string][]byte{
		"../../docs/graph/shop.svg": draw(t, "svg", "pods", g),
		"../../docs/graph/iris.svg": draw(t, "svg", "pods", read(t, "../../examples/models/sklearn-gcs.yaml")),
	}
	for _, format := range graph.Formats() {
		for _, level := range graph.Levels() {
			extension, err := graph.Extension(format)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Join("testdata", level+"."+extension)] = draw(t, format, level, g)
		}
	}
	for file, got := range files {
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v: run make update", err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, run make update and look at it (-want +got):\n%s", file, diff)
		}
	}
}

// docs/graph.md shows the example as Mermaid.
func TestDocumentedPicture(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/graph.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"```mermaid\n" + string(draw(t, "mermaid", "graph", read(t, example))) + "```",
		string(draw(t, "text", "network", read(t, example))),
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("docs/graph.md lacks\n%s", want)
		}
	}
}

// Over all recordings: every Deployment, container and Service is in the picture.
func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, rel := range release.All() {
		t.Run(rel.Version, func(t *testing.T) {
			t.Parallel()
			for c := range corpus.Cases(t, rel) {
				renderer, _ := render.New(c.Config)
				for _, doc := range c.Documents {
					sd, _, _ := c.Decoder.Deployment(doc)
					objects := renderer.Render(render.Input{Deployment: sd}).Objects
					text := string(draw(t, "text", "network", newGraph(t, renderer, sd)))
					for _, o := range objects {
						if (o.Kind == "Deployment" || o.Kind == "Service") && !strings.Contains(text, o.Kind+" "+o.Name) {
							t.Errorf("%s: %s %s is not in\n%s", c, o.Kind, o.Name, text)
						}
						if pods, ok := o.Value.(interface{ PodSpec() *corev1.PodSpec }); ok && pods.PodSpec() != nil {
							for _, container := range slices.Concat(pods.PodSpec().InitContainers, pods.PodSpec().Containers) {
								if !strings.Contains(text, "─ "+container.Name+"  ") || !strings.Contains(text, container.Image) {
									t.Errorf("%s: container %s is not in\n%s", c, container.Name, text)
								}
							}
						}
					}
				}
			}
		})
	}
}

// hostile are names that mean something to a format, are long or are not ASCII.
func hostile() []string {
	names := []string{
		`<script>alert(1)</script>`, `"quoted'`, `back\slash\n\l`, `日本語モデル`, `end`, `#35;&amp;`, "`tick`", `a|b[c]{d}(e)`,
		`%%{init}%%`, `- list`, `1. list`, `]]>`, "line\nbreak\x00\x1b[31m", `-->`, `*bold*_x_`, strings.Repeat("x", 63),
	}
	for i := len(names); i < 29; i++ {
		names = append(names, fmt.Sprintf("unit-%02d-%s", i, strings.Repeat("x", 55)))
	}
	return names
}

func hostileGraph(t *testing.T) *graph.Graph {
	t.Helper()
	root := seldon.Unit{Name: "root"}
	for _, name := range hostile() {
		root.Children = append(root.Children, seldon.Unit{Name: name})
	}
	sd := &seldon.Deployment{}
	sd.Metadata.Name = `<script>"` + strings.Repeat("n", 63)
	sd.Spec.Predictors = []seldon.Predictor{{Name: `"p]`, Graph: root}}
	g, err := graph.New(sd, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// shown is a name as it is to be seen: what acts on terminals is escaped.
func shown(name string) string {
	return strings.NewReplacer("\n", `\n`, "\x00", `\x00`, "\x1b", `\x1b`).Replace(name)
}

func TestHostileNamesInText(t *testing.T) {
	t.Parallel()
	text := string(draw(t, "text", "network", hostileGraph(t)))
	for _, name := range hostile() {
		if !strings.Contains(text, "─ "+shown(name)+"\n") {
			t.Errorf("%q is not in\n%s", name, text)
		}
	}
}

// An SVG file is XML whose texts are the names, and nothing else.
func TestHostileNamesInSVG(t *testing.T) {
	t.Parallel()
	decoder := xml.NewDecoder(bytes.NewReader(draw(t, "svg", "network", hostileGraph(t))))
	allowed := []string{"svg", "style", "defs", "marker", "path", "rect", "text"}
	var text strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !slices.Contains(allowed, token.Name.Local) {
				t.Errorf("element %s", token.Name.Local)
			}
		case xml.CharData:
			text.WriteString(strings.Trim(string(token), "\n"))
		}
	}
	for _, name := range hostile() {
		if !strings.Contains(text.String(), shown(name)) {
			t.Errorf("%q is not in %s", name, text.String())
		}
	}
}

func TestHostileNamesInMermaid(t *testing.T) {
	t.Parallel()
	text := string(draw(t, "mermaid", "graph", hostileGraph(t)))
	for line := range strings.Lines(text) {
		_, label, ok := strings.Cut(line, `"`)
		label, _, closed := strings.Cut(label, `"`)
		if ok && (!closed || strings.ContainsAny(strings.ReplaceAll(label, "<br/>", ""), "<>`\\|")) {
			t.Errorf("not escaped: %s", line)
		}
	}
	if !strings.Contains(text, "#60;script#62;") {
		t.Errorf("a name is missing:\n%s", text)
	}
}

// Graphviz reads what is written, and its picture has the names.
func TestGraphviz(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("graphviz is not installed, so its pictures are not drawn")
	}
	for name, g := range map[string]*graph.Graph{"example": read(t, example), "hostile": hostileGraph(t)} {
		for _, level := range graph.Levels() {
			cmd := exec.CommandContext(t.Context(), program, "-Tsvg")
			cmd.Stdin = bytes.NewReader(draw(t, "dot", level, g))
			var problems bytes.Buffer
			cmd.Stderr = &problems
			out, err := cmd.Output()
			if err != nil || problems.Len() > 0 {
				t.Fatalf("%s, %s: %v %s", name, level, err, problems.String())
			}
			if name != "hostile" {
				continue
			}
			var text strings.Builder
			decoder := xml.NewDecoder(bytes.NewReader(out))
			for token, err := decoder.Token(); err == nil; token, err = decoder.Token() {
				if data, ok := token.(xml.CharData); ok {
					text.WriteString(strings.ReplaceAll(string(data), "\u00a0", " "))
				}
			}
			for _, name := range hostile() {
				if !strings.Contains(text.String(), shown(name)) {
					t.Errorf("%q is not in %s", name, text.String())
				}
			}
		}
	}
}

// Mermaid, which draws the pictures in README files and pull requests, takes what
// is written, and its pictures have the names.
func TestMermaid(t *testing.T) {
	t.Parallel()
	library, err := os.ReadFile("../../bin/mermaid.min.js")
	if err != nil {
		t.Skip("'make mermaid' did not run, so its pictures are not drawn")
	}
	page := []byte("<meta charset=utf-8><body><script>")
	page = append(append(page, library...), "</script>"...)
	for _, g := range []*graph.Graph{read(t, example), hostileGraph(t)} {
		for _, level := range graph.Levels() {
			page = fmt.Appendf(page, "<template>%s</template>", html.EscapeString(string(draw(t, "mermaid", level, g))))
		}
	}
	page = append(page, `<script>
(async () => {
  mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
  const out = [];
  for (const [i, part] of [...document.querySelectorAll('template')].entries()) {
    try {
      const {svg} = await mermaid.render('picture' + i, part.content.textContent);
      const at = document.createElement('div');
      at.innerHTML = svg;
      for (const style of at.querySelectorAll('style')) style.remove();
      out.push('drawn: ' + at.textContent.replaceAll('\u00a0', ' '));
    } catch (e) { out.push('refused: ' + e); }
  }
  document.body.innerHTML = '<pre></pre>';
  document.querySelector('pre').append(out.join('\n'));
})();
</script>`...)
	text := html.UnescapeString(browser.DOM(t, page, ""))
	if n := strings.Count(text, "drawn: "); n != 2*len(graph.Levels()) {
		t.Fatalf("%d pictures were drawn: %s", n, text)
	}
	for _, name := range hostile() {
		if !strings.Contains(text, shown(name)) {
			t.Errorf("%q is not in %s", name, text)
		}
	}
}

// In a browser no text of an SVG file leaves the picture, or the box it is in,
// and dark pages get a dark picture.
func TestBrowser(t *testing.T) {
	t.Parallel()
	const script = `<script>
const out = [];
for (const svg of document.querySelectorAll('svg')) for (const text of svg.querySelectorAll('text')) {
  const box = text.getBBox(), right = box.x + box.width;
  if (right > 784) out.push('outside: ' + text.textContent);
  for (const rect of svg.querySelectorAll('rect.card')) {
    const r = rect.getBBox();
    if (box.x >= r.x && box.x < r.x + r.width && box.y >= r.y && box.y < r.y + r.height && (right > r.x + r.width + 1 || box.y + box.height > r.y + r.height + 1))
      out.push('leaves its box: ' + text.textContent);
  }
}
document.body.innerHTML = '<pre>looked at ' + document.querySelectorAll('text').length + '\n</pre>';
document.querySelector('pre').append(out.join('\n'));
</script>`
	all := []byte("<meta charset=utf-8><body>")
	for _, g := range []*graph.Graph{read(t, example), hostileGraph(t)} {
		for _, level := range graph.Levels() {
			all = append(all, draw(t, "svg", level, g)...)
		}
	}
	dom := browser.DOM(t, append(all, script...), "")
	if !strings.Contains(dom, "<pre>looked at ") || strings.Contains(dom, "looked at 0") {
		t.Fatalf("the pictures have no text: %s", dom)
	}
	if strings.Contains(dom, "outside:") || strings.Contains(dom, "leaves its box:") {
		t.Error(dom)
	}
	page := append([]byte("<meta charset=utf-8><body style=margin:0>"), draw(t, "svg", "pods", read(t, example))...)
	for _, dark := range []bool{false, true} {
		red, _, _, _ := browser.Screenshot(t, page, 800, 600, dark).At(4, 300).RGBA()
		if (red < 0x8000) != dark {
			t.Errorf("dark is %t, and the page has red %x", dark, red)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, name := range hostile() {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		sd := &seldon.Deployment{}
		sd.Metadata.Name = name
		sd.Spec.Predictors = []seldon.Predictor{{Name: name, Graph: seldon.Unit{Name: name, Type: &name}}}
		g, err := graph.New(sd, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range graph.Formats() {
			draw(t, format, "network", g)
		}
		if err := xml.Unmarshal(draw(t, "svg", "network", g), new(struct{})); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	})
}
