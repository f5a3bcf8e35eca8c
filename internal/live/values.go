package live

import (
	"encoding/json"
	"strconv"

	"github.com/seldonctl/seldonctl/seldon"
)

// sameValue reports whether two scalars mean the same: a number and its text
// where either may stand, and quantities that are written in another way.
func sameValue(at place, a, b any) bool {
	x, isNumber := scalarText(a)
	y, isNumberToo := scalarText(b)
	switch {
	case x == "" || y == "" || !isNumber && !isNumberToo && !isQuantity(at):
		return false
	case x == y:
		return true
	case isQuantity(at):
		p, err := seldon.ParseQuantity(x)
		if err != nil {
			return false
		}
		q, err := seldon.ParseQuantity(y)
		return err == nil && p.Cmp(q) == 0
	case isNumber && isNumberToo:
		p, err := strconv.ParseFloat(x, 64)
		if err != nil {
			return false
		}
		q, err := strconv.ParseFloat(y, 64)
		return err == nil && p == q
	}
	return false
}

// scalarText returns the text of a string or a number.
func scalarText(v any) (text string, isNumber bool) {
	switch v := v.(type) {
	case string:
		return v, false
	case json.Number:
		return v.String(), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// isQuantity reports whether a quantity stands at a place.
func isQuantity(at place) bool {
	switch at.above {
	case "limits", "requests", "capacity", "overhead":
		return true
	case "target":
		return at.field == "value" || at.field == "averageValue"
	}
	switch at.field {
	case "sizeLimit", "divisor", "targetAverageValue", "targetValue", "averageValue":
		return true
	}
	return false
}
