package source

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

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

// resolve reads a scalar as kubectl does, which is YAML 1.1 without timestamps
// and base 60: yes, no, on, off, y and n are booleans, 0644 and 0o644 are octal,
// 1_000 is a thousand.
func resolve(n *yaml.Node) scalar {
	if n.Style&yaml.TaggedStyle != 0 {
		return resolveTagged(n)
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return scalar{textScalar, n.Value}
	}
	return resolvePlain(n.Value)
}

func resolveTagged(n *yaml.Node) scalar {
	switch n.Tag {
	case "!!null", "!!bool", "!!int", "!!float":
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(n.Value)
		if err != nil {
			return scalar{badScalar, "!!binary"}
		}
		return scalar{textScalar, string(data)}
	default:
		return scalar{textScalar, n.Value}
	}
	s := resolvePlain(n.Value)
	wanted := map[string]scalarKind{"!!null": nullScalar, "!!bool": boolScalar, "!!int": intScalar, "!!float": floatScalar}[n.Tag]
	if s.kind == wanted || wanted == floatScalar && s.kind == intScalar {
		return s
	}
	return scalar{badScalar, n.Tag}
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
	switch v {
	case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF":
		return scalar{floatScalar, v}
	}
	if v[0] == '.' {
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return floatNumber(f)
		}
		return scalar{textScalar, v}
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
		return scalar{intScalar, strconv.FormatInt(i, 10)}
	}
	if u, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return scalar{intScalar, strconv.FormatUint(u, 10)}
	}
	if looksLikeFloat(plain) {
		if f, err := strconv.ParseFloat(plain, 64); err == nil {
			return floatNumber(f)
		}
	}
	return scalar{textScalar, v}
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
