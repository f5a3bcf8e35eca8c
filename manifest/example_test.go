package manifest_test

import (
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/manifest"
)

// Objects are brought into an order that kubectl apply likes, and written in a
// format.
func Example() {
	object := func(apiVersion, kind, name string) manifest.Object {
		return manifest.Object{APIVersion: apiVersion, Kind: kind, Name: name, Value: map[string]any{
			"apiVersion": apiVersion, "kind": kind, "metadata": map[string]any{"name": name},
		}}
	}
	objects := []manifest.Object{object("apps/v1", "Deployment", "iris"), object("v1", "Service", "iris")}
	manifest.Sort(objects)

	format, err := manifest.NewFormat("yaml")
	if err != nil {
		log.Fatal(err)
	}
	var text []byte
	for i, o := range objects {
		if i > 0 {
			text = append(text, format.Frame().Between...)
		}
		if text, err = format.Append(text, o); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("%s", text)

	// Output:
	// apiVersion: v1
	// kind: Service
	// metadata:
	//   name: iris
	// ---
	// apiVersion: apps/v1
	// kind: Deployment
	// metadata:
	//   name: iris
}
