package release

// Servers is how prepackaged model servers are completed (core.md, 8;
// differences.md, 8).
type Servers struct {
	// ImageProtocol says under which protocols an image is looked up.
	ImageProtocol ImageProtocol
	// RelatedImages says what a RELATED_IMAGE variable replaces, and Related which
	// variable stands for which server.
	RelatedImages RelatedImages
	Related       []RelatedImage
	// Triton says which security context Triton gets.
	Triton TritonUser
	// TritonRepository says whether Triton may read models itself.
	TritonRepository TritonRepository
	// TritonConfig says whether Triton runs models without a configuration.
	TritonConfig TritonConfig
	MLServer     MLServer
}

// ImageProtocol says how a server's image is found for a protocol.
type ImageProtocol int

// The image is that of the very protocol, or v2 and kfserving stand in for
// each other.
const (
	ExactProtocol ImageProtocol = iota + 1
	V2OrKFServing
)

// RelatedImages says what a RELATED_IMAGE variable replaces.
type RelatedImages int

// The variable replaces the whole entry of the server, or the image of one
// protocol.
const (
	RelatedImageReplacesServer RelatedImages = iota + 1
	RelatedImageReplacesProtocol
)

// RelatedImage is a variable that replaces the image of a server. Under
// RelatedImageReplacesServer the rows of a server count only if its first row's
// variable is set.
type RelatedImage struct {
	Variable string
	Server   string
	Protocol string
}

// TritonUser says which user Triton runs as.
type TritonUser int

// Triton runs as user 1000 unless told otherwise, or as the pod's user.
const (
	TritonAsUser1000 TritonUser = iota + 1
	TritonAsPodUser
)

// TritonRepository says where Triton may read models from.
type TritonRepository int

// Triton reads what the storage initializer fetched, or, with the annotation
// seldon.io/no-storage-initializer, the modelUri itself.
const (
	TritonReadsVolume TritonRepository = iota + 1
	TritonMayReadModelURI
)

// TritonConfig says what Triton does with a model without a configuration.
type TritonConfig int

// Triton refuses models without a configuration, or finds it out by itself.
const (
	TritonNeedsConfig TritonConfig = iota + 1
	TritonFindsConfig
)

// MLServer is how MLServer is set up (core.md, 8.8; differences.md, 8.4).
type MLServer struct {
	// Classes name the Python class for each server.
	Classes []ServerClass
	// OtherServers says what happens to servers without a class.
	OtherServers OtherServers
	// Env says how MLServer's own variables meet the container's.
	Env MLServerEnv
	// Tempo says whether Tempo's options are among those variables.
	Tempo TempoEnv
	// Args says whether a start command is written.
	Args MLServerArgs
	// Probes says whether MLServer's own health endpoints are probed.
	Probes MLServerProbes
}

// ServerClass is the Python class of a model server.
type ServerClass struct {
	Server string
	Class  string
}

// OtherServers says what happens to a server that MLServer has no class for.
type OtherServers int

// A server without class is refused, or gets an empty class.
const (
	RefuseOtherServers OtherServers = iota + 1
	AcceptOtherServers
)

// MLServerEnv says how MLServer's own variables meet the container's.
type MLServerEnv int

// MLServer's variables are appended, or come first and are overridden in place
// by the container's.
const (
	AppendMLServerEnv MLServerEnv = iota + 1
	MergeMLServerEnv
)

// TempoEnv says whether MLServer is told the options of Tempo.
type TempoEnv int

// MLServer's variables are its own, or TEMPO_RUNTIME_OPTIONS is the last of them.
const (
	NoTempoOptions TempoEnv = iota + 1
	TempoOptions
)

// MLServerArgs says how MLServer is started.
type MLServerArgs int

// MLServer gets a start command, or its image's own holds.
const (
	MLServerStartCommand MLServerArgs = iota + 1
	MLServerImageCommand
)

// MLServerProbes says how MLServer is probed.
type MLServerProbes int

// MLServer's TCP ports are probed, or its HTTP health endpoints in place of
// whatever handler there was, with the scheme left to the cluster or written.
const (
	MLServerTCPProbes MLServerProbes = iota + 1
	MLServerHTTPProbesWithoutScheme
	MLServerHTTPProbes
)
