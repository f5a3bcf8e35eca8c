package page_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/input"
	"github.com/seldonctl/seldonctl/internal/browser"
	"github.com/seldonctl/seldonctl/internal/page"
	"github.com/seldonctl/seldonctl/render"
)

const text = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
spec:
  predictors:
  - name: main
    replicas: 3
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://models/</script><script>hacked=1</script>
`

// model returns a model that is explained.
func model(t *testing.T, name string) page.Model {
	t.Helper()
	manifests, findings := input.Read(input.Options{}, input.File{Name: "model.yaml", Text: []byte(text)})
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	renderer, _ := render.New(render.Config{})
	objects, _, err := explain.New(renderer).Explain(manifests.Deployments[0])
	if err != nil {
		t.Fatal(err)
	}
	return page.Model{
		Name: name, File: "model.yaml", Line: 1, Text: []byte(text), Objects: objects,
		Picture: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>hacked=1</script></svg>`),
		Findings: finding.List{
			finding.New(finding.UnpinnedImage, nil, "<b>bold</b>").At(finding.Position{File: "model.yaml", Line: 9, Column: 1}),
			finding.New(finding.UnpinnedImage, nil, "about the whole"),
		},
	}
}

func write(t *testing.T, models ...page.Model) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := page.Write(&out, `<script>"title"</script>`, models); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// shown returns a part of a page as the browser has it.
func shown(t *testing.T, dom, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(dom, `id="`+id+`"`)
	if !ok {
		t.Fatalf("there is no %s in\n%s", id, dom)
	}
	rest, _, _ = strings.Cut(rest, "</section>")
	return rest
}

// An address leads to a line; its story is told, and what belongs to it is lit.
func TestAddressOfALine(t *testing.T) {
	t.Parallel()
	m := model(t, "models/iris")
	row := -1
	lines, err := m.Objects[0].Lines()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		if line.Text == "  replicas: 3" {
			row = i
		}
	}
	dom := browser.DOM(t, write(t, m), fmt.Sprintf("0.output.%d", row))
	for _, want := range []string{"<b>spec.replicas</b>", "model.yaml:9:15 spec.predictors[0].replicas: 3", "docs/behaviour/core.md, 5.5", "change spec.predictors[0].replicas at model.yaml:9:15"} {
		if story := shown(t, dom, "story"); !strings.Contains(story, want) {
			t.Errorf("the story lacks %s:\n%s", want, story)
		}
	}
	if !regexp.MustCompile(`class="row has lit"[^>]* id="input8"`).MatchString(dom) || strings.Count(dom, "kept\"") != 1 {
		t.Error("the line of the input is not lit, or no line is kept")
	}
	if !strings.Contains(dom, ">note: about the whole [SDC") {
		t.Error("a finding without a line is not shown")
	}
}

// play opens a page with a script that acts as a user, and returns what the script
// wrote. The page's own policy would keep the script from running.
func play(t *testing.T, html []byte, script string, args ...string) string {
	t.Helper()
	html = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAll(html, nil)
	html = append(html, `<script>
const said = [];
const say = (...words) => said.push(words.join(' '));
const lit = (pane) => document.querySelectorAll('#' + pane + ' .lit').length;
const at = (pane, text) => [...document.querySelectorAll('#' + pane + ' .row')].find((row) => row.textContent.includes(text));
const press = (pane, key) => document.getElementById(pane).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
try {`+script+`} catch (error) { say(error.message) }
say('hacked is', typeof hacked);
const out = document.createElement('pre');
out.id = 'said';
out.textContent = said.join('\n');
document.body.replaceChildren(out);
</script>`...)
	dom := browser.DOM(t, html, "", args...)
	_, said, ok := strings.Cut(dom, `<pre id="said">`)
	if !ok {
		t.Fatalf("the script did not run:\n%s", dom)
	}
	said, _, _ = strings.Cut(said, "</pre>")
	return said
}

func TestPointingClickingAndKeys(t *testing.T) {
	t.Parallel()
	models := make([]page.Model, 1000)
	one := model(t, "")
	for i := range models {
		models[i] = one
		models[i].Name = fmt.Sprintf("team-%d/<img src=x onerror=hacked=1>%d", i%7, i)
	}
	got := play(t, write(t, models...), `
at('input', 'name: classifier').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
say('pointing lights', lit('input'), lit('output') > 5);
at('input', 'replicas: 3').click();
say('clicking lights', lit('output'), document.querySelector('#output .lit').textContent.trim());
say('address', location.hash);
at('input', 'name: classifier').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
document.getElementById('input').dispatchEvent(new MouseEvent('mouseleave'));
say('leaving shows', document.querySelector('#input .lit').textContent.trim());
document.getElementById('output').focus();
press('output', 'Home'); press('output', 'ArrowDown'); press('output', 'Enter');
say('keys keep', document.querySelector('.kept').textContent.trim());
at('output', 'ENGINE_PREDICTOR').nextSibling.click();
say('opened', document.querySelector('#story pre').textContent.includes('"modelUri": "gs://models/'));
say('findings', at('input', 'replicas: 3').querySelector('.marks').title);
say('choices', document.querySelectorAll('option').length);
const filter = document.getElementById('filter');
filter.value = 'TEAM-3 99'; filter.dispatchEvent(new Event('input'));
say('filtered', document.querySelectorAll('option').length, document.getElementById('choice').selectedOptions[0].textContent);
filter.value = ''; filter.dispatchEvent(new Event('input'));
const choice = document.getElementById('choice');
choice.value = '999'; choice.dispatchEvent(new Event('change'));
say('chosen', document.getElementById('picture').alt, location.hash);
say('title', document.title);
`)
	want := []string{
		"pointing lights 1 true", "clicking lights 1 18  replicas: 3", "address #0.input.8", "leaving shows 9    replicas: 3",
		"keys keep 2kind: Deployment", "opened true", "findings &lt;b&gt;bold&lt;/b&gt; [SDC", "choices 1000",
		"filtered 4 team-3/&lt;img src=x onerror=hacked=1&gt;199", "chosen picture of team-5/&lt;img src=x onerror=hacked=1&gt;999 #999",
		`title &lt;script&gt;"title"&lt;/script&gt;`, "hacked is undefined",
	}
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is not in\n%s", w, got)
		}
	}
}

// At any width the page itself never scrolls sideways.
func TestWidths(t *testing.T) {
	t.Parallel()
	html := write(t, model(t, "models/iris"))
	for _, width := range []int{400, 800, 1600} {
		// No window of the browser is narrower than 500 pixels; there is one layout
		// below 900.
		got := play(t, html, fmt.Sprintf(`
document.body.style.width = '%[1]dpx';
say('fits', document.body.scrollWidth <= %[1]d, innerWidth >= %[1]d);
say('columns', getComputedStyle(document.getElementById('panes')).gridTemplateColumns.split(' ').length);`, width),
			fmt.Sprintf("--window-size=%d,900", max(width, 500)))
		columns := "columns 2"
		if width <= 900 {
			columns = "columns 1"
		}
		if !strings.Contains(got, "fits true true") || !strings.Contains(got, columns) {
			t.Errorf("%d pixels: %s", width, got)
		}
	}
	for _, dark := range []bool{false, true} {
		red, _, _, _ := browser.Screenshot(t, html, 800, 600, dark).At(2, 300).RGBA()
		if (red < 0x8000) != dark {
			t.Errorf("dark is %t, and the page has red %x", dark, red)
		}
	}
}

// Nothing is fetched, and nothing in names ends a script.
func TestSelfContained(t *testing.T) {
	t.Parallel()
	html := string(write(t, model(t, "<script>")))
	if n := strings.Count(html, "<script"); n != 3 {
		t.Errorf("%d scripts, want two of data and one that runs", n)
	}
	for _, address := range regexp.MustCompile(`(src|href)\s*=\s*["'][^"']*`).FindAllString(html, -1) {
		if !strings.Contains(address, "data:image/svg+xml,") {
			t.Errorf("the page fetches %s", address)
		}
	}
	if !strings.Contains(html, "default-src 'none'") {
		t.Error("the page has no policy")
	}
}
