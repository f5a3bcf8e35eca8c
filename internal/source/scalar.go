package source

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// scalarKind is what Kubernetes takes a scalar for.
type scalarKind int

const (
	textScalar scalarKind = iota + 1
	nullScalar
	boolScalar
	intScalar
	floatScalar
	// badScalar has a tag that its text does not satisfy.
	badScalar
)

// scalar is a resolved scalar: for texts the text itself, for numbers and
// booleans their JSON.
type scalar struct {
	kind scalarKind
	text string
}

// resolve reads a scalar as kubectl does, which is YAML 1.1 without base 60: yes,
// no, on, off, y and n are booleans, 0644 and 0o644 are octal, 1_000 is a thousand,
// and a time is text.
func resolve(n *yaml.Node) scalar {
	// The tag ! alone says that it is text, and is not counted as a style.
	if n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" {
		return resolveTagged(n)
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return scalar{textScalar, n.Value}
	}
	return resolvePlain(n.Value)
}

func resolveTagged(n *yaml.Node) scalar {
	bad := scalar{badScalar, n.Tag}
	switch n.Tag {
	case "!!null", "!!bool":
		wanted := map[string]scalarKind{"!!null": nullScalar, "!!bool": boolScalar}[n.Tag]
		if s := resolvePlain(n.Value); s.kind == wanted {
			return s
		}
		return bad
	case "!!int":
		switch x := number(n.Value).(type) {
		case int64, uint64:
			return scalar{intScalar, fmt.Sprint(x)}
		}
		return bad
	case "!!float":
		if f, ok := taggedFloat(n.Value); ok {
			return floatNumber(f)
		}
		return bad
	case "!!timestamp":
		if isTime(n.Value) {
			return scalar{textScalar, n.Value}
		}
		return bad
	case "!!binary":
		if data, err := base64.StdEncoding.DecodeString(n.Value); err == nil {
			return scalar{textScalar, string(data)}
		}
		return bad
	}
	return scalar{textScalar, n.Value}
}

// taggedFloat reads the value of a tag that says that it is a floating-point number.
//
// Quirk: whole numbers beyond 63 bits are refused, larger ones are not.
func taggedFloat(v string) (float64, bool) {
	switch x := number(v).(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	}
	return 0, false
}

// isTime reports whether a text is a time in one of the forms of YAML that are read.
func isTime(v string) bool {
	if len(v) < 5 || v[4] != '-' {
		return false
	}
	for _, layout := range []string{"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"} {
		if _, err := time.Parse(layout, v); err == nil {
			return true
		}
	}
	return false
}

func resolvePlain(v string) scalar {
	if v == "" {
		return scalar{nullScalar, "null"}
	}
	switch c := v[0]; {
	case strings.IndexByte("yYnNtTfFoO~", c) >= 0:
		return resolveWord(v)
	case c == '.' || c == '+' || c == '-' || '0' <= c && c <= '9':
		return resolveNumber(v)
	}
	return scalar{textScalar, v}
}

func resolveWord(v string) scalar {
	switch v {
	case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return scalar{boolScalar, "true"}
	case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return scalar{boolScalar, "false"}
	case "~", "null", "Null", "NULL":
		return scalar{nullScalar, "null"}
	}
	return scalar{textScalar, v}
}

func resolveNumber(v string) scalar {
	switch x := number(v).(type) {
	case int64:
		return scalar{intScalar, strconv.FormatInt(x, 10)}
	case uint64:
		return scalar{intScalar, strconv.FormatUint(x, 10)}
	case float64:
		return floatNumber(x)
	}
	return scalar{textScalar, v}
}

// number returns what a scalar without quotes is: an int64, a uint64 beyond that,
// a float64, or nil where it is not a number.
func number(v string) any {
	if v == "" {
		return nil
	}
	switch v {
	case ".nan", ".NaN", ".NAN":
		return math.NaN()
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return math.Inf(1)
	case "-.inf", "-.Inf", "-.INF":
		return math.Inf(-1)
	}
	if v[0] == '.' {
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
		return nil
	}
	// Quantities and times: the parsers below would make an error of each.
	if strings.Trim(v, "0123456789abcdefABCDEFxXoO+-._") != "" {
		return scalar{textScalar, v}
	}
	plain := v
	if strings.IndexByte(v, '_') >= 0 {
		plain = strings.ReplaceAll(v, "_", "")
	}
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return i
	}
	if u, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return u
	}
	if looksLikeFloat(plain) {
		if f, err := strconv.ParseFloat(plain, 64); err == nil {
			return f
		}
	}
	// Quirk: binary numbers may have their sign behind the prefix.
	if digits, ok := strings.CutPrefix(plain, "0b"); ok {
		if i, err := strconv.ParseInt(digits, 2, 64); err == nil {
			return i
		}
	}
	return nil
}

// looksLikeFloat reports whether the text is a decimal number with an optional
// sign, fraction and exponent.
func looksLikeFloat(s string) bool {
	s = strings.TrimLeft(s[:1], "+-") + s[1:]
	digits := func() int {
		n := 0
		for n < len(s) && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n
	}
	whole := digits()
	if strings.HasPrefix(s, ".") {
		s = s[1:]
		if digits() == 0 && whole == 0 {
			return false
		}
	} else if whole == 0 {
		return false
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return digits() > 0 && s == ""
}

// floatNumber returns the number as encoding/json writes it, so that 1.0 and
// 1e3 are whole numbers as they are for a cluster.
func floatNumber(f float64) scalar {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return scalar{floatScalar, strconv.FormatFloat(f, 'g', -1, 64)}
	}
	if abs := math.Abs(f); abs == 0 || abs >= 1e-6 && abs < 1e21 {
		text := strconv.FormatFloat(f, 'f', -1, 64)
		if f == math.Trunc(f) {
			return scalar{intScalar, text}
		}
		return scalar{floatScalar, text}
	}
	text := strconv.FormatFloat(f, 'e', -1, 64)
	// encoding/json writes e-9 where strconv writes e-09.
	if n := len(text); n >= 4 && text[n-4] == 'e' && text[n-3] == '-' && text[n-2] == '0' {
		text = text[:n-2] + text[n-1:]
	}
	return scalar{floatScalar, text}
}
