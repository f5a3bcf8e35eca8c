package finding_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/finding"
)

func TestParseCode(t *testing.T) {
	t.Parallel()
	const list = "`seldonctl explain --list codes` lists them"
	for word, want := range map[string]string{
		"SDC447":         "",
		"sdc447":         "",
		"447":            `unknown finding code "447": did you mean SDC447?`,
		"SDC-447":        `unknown finding code "SDC-447": did you mean SDC447?`,
		"SDC4477":        `unknown finding code "SDC4477": did you mean SDC447?`,
		"SDC447 sdc401":  `unknown finding code "SDC447 sdc401": write a comma between codes: SDC447,SDC401`,
		"SDC447;SDC9999": `unknown finding code "SDC447;SDC9999": ` + list,
		"SDC999":         `unknown finding code "SDC999": ` + list,
		"":               `unknown finding code "": ` + list,
	} {
		code, err := finding.ParseCode(word)
		if got := text(err); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
		if err == nil && code != "SDC447" {
			t.Errorf("%q: got code %q", word, code)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
