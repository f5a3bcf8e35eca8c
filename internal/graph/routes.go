package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

type destination struct {
	Host string `json:"host"`
}

func (r *reader) virtualService(in object) error {
	var spec struct {
		HTTP []struct {
			Match []struct {
				URI struct {
					Prefix string `json:"prefix"`
					Regex  string `json:"regex"`
				} `json:"uri"`
			} `json:"match"`
			Route []struct {
				Destination destination `json:"destination"`
				Weight      int         `json:"weight"`
			} `json:"route"`
			Mirror *destination `json:"mirror"`
		} `json:"http"`
	}
	if err := json.Unmarshal(in.Spec, &spec); err != nil {
		return err
	}
	for _, http := range spec.HTTP {
		route := &Route{Via: "VirtualService " + in.Metadata.Name}
		for _, match := range http.Match {
			route.Title = match.URI.Prefix + match.URI.Regex
		}
		for _, to := range http.Route {
			route.Targets = append(route.Targets, Target{Service: serviceOf(to.Destination.Host), Share: percent(to.Weight)})
		}
		if http.Mirror != nil {
			route.Targets = append(route.Targets, Target{Service: serviceOf(http.Mirror.Host), Share: "mirror"})
		}
		r.graph.Routes = append(r.graph.Routes, route)
	}
	return nil
}

// mapping is a Mapping of Ambassador, as an object or in an annotation.
type mapping struct {
	Name    string `json:"name"    yaml:"name"`
	Prefix  string `json:"prefix"  yaml:"prefix"`
	Service string `json:"service" yaml:"service"`
	Weight  int    `json:"weight"  yaml:"weight"`
	Shadow  bool   `json:"shadow"  yaml:"shadow"`
	GRPC    bool   `json:"grpc"    yaml:"grpc"`
	// Headers are what requests must have besides the prefix.
	Headers map[string]any `json:"headers" yaml:"headers"`
}

func (r *reader) mapping(in object) error {
	m := mapping{}
	if err := json.Unmarshal(in.Spec, &m); err != nil {
		return err
	}
	r.addMapping(m)
	return nil
}

// ambassador reads the Mappings of an annotation.
func (r *reader) ambassador(text string) error {
	loader, err := yaml.NewLoader(bytes.NewReader([]byte(text)))
	if err != nil {
		return err
	}
	for {
		var m mapping
		err := loader.Load(&m)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			// The user's own text, which need not be Mappings.
			r.graph.Routes = append(r.graph.Routes, &Route{Title: "configured by annotation", Via: "Ambassador"})
			return nil
		case m.Prefix != "":
			r.addMapping(m)
		}
	}
}

// addMapping adds a Mapping to the route of those that share its requests.
func (r *reader) addMapping(m mapping) {
	route := &Route{Title: m.Prefix, Via: "Ambassador"}
	if m.GRPC {
		route.Via = "Ambassador gRPC"
	}
	for _, name := range slices.Sorted(maps.Keys(m.Headers)) {
		route.Title += fmt.Sprintf(" %s: %v", name, m.Headers[name])
	}
	i := slices.IndexFunc(r.graph.Routes, func(o *Route) bool { return o.Title == route.Title && o.Via == route.Via })
	if i < 0 {
		r.graph.Routes = append(r.graph.Routes, route)
	} else {
		route = r.graph.Routes[i]
	}
	target := Target{Service: serviceOf(m.Service), Share: percent(m.Weight)}
	if m.Shadow {
		target.Share = "mirror"
	}
	route.Targets = append(route.Targets, target)
}

// serviceOf returns the Service in a host such as iris.models.svc:8000.
func serviceOf(host string) string {
	if i := strings.IndexAny(host, ".:"); i >= 0 {
		return host[:i]
	}
	return host
}

func percent(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " %"
}

// to returns the predictor and the Service that a target means.
func (g *Graph) to(t Target) (*Predictor, *Service) {
	for _, p := range g.Predictors {
		for _, s := range p.Services {
			if s.Name == t.Service {
				return p, s
			}
		}
	}
	return nil, nil
}
