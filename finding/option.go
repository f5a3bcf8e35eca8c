package finding

// Option identifies something that a run can be told, whoever tells it: it is the
// name in a functionConfig or in declared credentials, and with dashes that of a
// flag.
type Option string

// The options that hints speak of.
const (
	OptionCreateServiceAccounts Option = "createServiceAccounts"
	OptionKeyFile               Option = "key-file"
	OptionKubeVersion           Option = "kubeVersion"
	OptionNamespace             Option = "namespace"
	OptionRemote                Option = "remote"
	OptionSection               Option = "section"
	OptionSeldonVersion         Option = "seldonVersion"
	OptionServerSideApply       Option = "serverSideApply"
	OptionValues                Option = "values"
)

// Name returns the option's own name, for [Finding.Named].
func (o Option) Name() string { return string(o) }
