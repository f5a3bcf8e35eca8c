package agreement

import (
	"slices"
)

// Said is one thing that a server said of an object.
type Said struct {
	// Object is kind/name.
	Object string
	// Refused tells a refusal from a warning.
	Refused bool
	// ServerSide says that only server-side apply refuses.
	ServerSide bool
	// Text has the field and what is wrong with it.
	Text string
}

// Verdict is the outcome for one input.
type Verdict struct {
	// Announced are the codes that came true, each with how often.
	Announced map[string]int
	// Silent are things that no finding announced.
	Silent []Said
	// Wolf are codes that announced what did not come.
	Wolf []string
}

// Check compares what was said of an input's objects with the input's findings.
func Check(said []Said, found []string) Verdict {
	v := Verdict{Announced: make(map[string]int)}
	for _, s := range said {
		known := false
		for _, r := range slices.Concat(rows, remarks) {
			if !r.says.MatchString(s.Text) {
				continue
			}
			for _, code := range r.codes {
				if slices.Contains(found, code) {
					v.Announced[code]++
					known = true
				}
			}
		}
		if !known {
			v.Silent = append(v.Silent, s)
		}
	}
	refused := slices.ContainsFunc(said, func(s Said) bool { return s.Refused && !s.ServerSide })
	for _, code := range slices.Compact(slices.Sorted(slices.Values(found))) {
		if v.Announced[code] == 0 && (names(rows, code) || names(remarks, code) && !refused) {
			v.Wolf = append(v.Wolf, code)
		}
	}
	return v
}

// names reports whether a finding of the code says that a server will do as one of
// the rows.
func names(rows []row, code string) bool {
	return slices.ContainsFunc(rows, func(r row) bool { return slices.Contains(r.codes, code) })
}
