package source

// DefaultProtocols is for the comparison with the reference decoder.
var DefaultProtocols = defaultProtocols
