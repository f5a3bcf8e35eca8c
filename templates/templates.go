// Package templates holds the default values of Seldon Core's Helm chart: those
// of the oldest release, and for later ones what their charts change.
package templates

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// tagText stands for the tag of the release's own images.
const tagText = "RELEASE"

// Value is a default value of a chart.
type Value struct {
	// Key is dotted, such as executor.image.tag. No key of the charts has a dot.
	Key string
	// Default is decoded JSON: text, a float64, a boolean or an empty map.
	Default any
}

// Values lays the changes of charts over one another, oldest first, and fills in
// the tag of the images. The order is that in which keys were introduced. The
// files are part of this program, so that a fault in them is a mistake of ours.
func Values(imageTag string, charts []string) []Value {
	var values []Value
	places := map[string]int{}
	for _, chart := range charts {
		text, err := files.ReadFile(chart + ".yaml")
		if err != nil {
			panic("templates: " + err.Error())
		}
		for line := range strings.Lines(string(text)) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok || key[0] == '#' {
				continue
			}
			v := Value{key, parse(value, imageTag)}
			switch i, known := places[key]; {
			case v.Default == nil:
				values = slices.DeleteFunc(values, func(v Value) bool { return v.Key == key || strings.HasPrefix(v.Key, key+".") })
				clear(places)
				for i := range values {
					places[values[i].Key] = i
				}
			case known:
				values[i] = v
			default:
				places[key] = len(values)
				values = append(values, v)
			}
		}
	}
	return values
}

func parse(text, imageTag string) any {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		panic("templates: " + text + ": " + err.Error())
	}
	if s, ok := value.(string); ok {
		return strings.ReplaceAll(s, tagText, imageTag)
	}
	return value
}
