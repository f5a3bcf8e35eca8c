package release

// UnitVariable is a row of the environment that the operator appends to a
// unit's container (core.md, 6.4; differences.md, 7). The order of rows is the
// order of the environment.
type UnitVariable struct {
	Name  string
	Value UnitValue
	// Collision says what happens when the user's environment has the name.
	Collision Collision
	// When is the condition for the row.
	When UnitCondition
}

// UnitValue is where the value of a UnitVariable comes from.
type UnitValue int

// The values of unit variables.
const (
	// ServicePort is the gRPC port if the unit is called by gRPC, else the HTTP port.
	ServicePort UnitValue = iota + 1
	HTTPPort
	GRPCPort
	// MetricsPort is the number of the container's metrics port.
	MetricsPort
	// Parameters is the JSON of the unit's parameters.
	Parameters
	// ModelPath is where the storage initializer puts the model.
	ModelPath
	ContainerName
	// ContainerImage is the image before the model server is completed.
	ContainerImage
	PredictorName
	// PredictorLabels is the JSON of the predictor's labels.
	PredictorLabels
	DeploymentName
	// ExecutorEnabled is true or false.
	ExecutorEnabled
	PrometheusPath
)

// Collision says what happens to a variable that the user's environment has.
type Collision int

const (
	// KeepUser leaves the user's entry alone.
	KeepUser Collision = iota + 1
	// AppendAnyway adds a second entry of the name.
	AppendAnyway
	// DropAll empties the whole environment collected so far and adds nothing.
	DropAll
)

// UnitCondition is the condition for a UnitVariable.
type UnitCondition int

// The conditions of unit variables.
const (
	Always UnitCondition = iota + 1
	WithParameters
	WithModelURI
	WithMetricsPort
)
