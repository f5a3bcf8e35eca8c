package render

import "k8s.io/apimachinery/pkg/util/validation/field"

// Paths that are asked for in every SeldonDeployment, also where there is nothing
// to tell, are made once.
var (
	specPath        = field.NewPath("spec")
	metadataPath    = field.NewPath("metadata")
	annotationsPath = specPath.Child("annotations")
	predictorsPath  = specPath.Child("predictors")
	firstPredictors = firstPaths(predictorsPath.Index)
	firstGraphs     = firstPaths(func(i int) *field.Path { return predictorPath(i).Child("graph") })
)

// firstPaths returns the paths of the first few predictors.
func firstPaths(path func(int) *field.Path) (paths [4]*field.Path) {
	for i := range paths {
		paths[i] = path(i)
	}
	return paths
}

func predictorPath(i int) *field.Path {
	if i < len(firstPredictors) {
		return firstPredictors[i]
	}
	return predictorsPath.Index(i)
}

func graphPath(i int) *field.Path {
	if i < len(firstGraphs) {
		return firstGraphs[i]
	}
	return predictorPath(i).Child("graph")
}

func componentPath(i, j int) *field.Path {
	return predictorPath(i).Child("componentSpecs").Index(j)
}
