package cli

import (
	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/secrets"
)

// externalFlags say that the values are in a store, and no Secret is written.
type externalFlags struct {
	as        string
	store     string
	storeKind string
	remoteKey string
	fields    []string
}

func (f *externalFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	addChoice(cmd, &f.as, "as", "", secrets.AsSecret, "what is written: "+secrets.AsSecret+", or "+secrets.AsExternalSecret+" for values in a store of the External Secrets Operator",
		secrets.AsSecret, secrets.AsExternalSecret)
	flags.StringVar(&f.store, "store", "", "store of the ExternalSecret")
	addChoice(cmd, &f.storeKind, "store-kind", "", secrets.StoreKinds()[0], "kind of the store, or "+secrets.StoreKinds()[1], secrets.StoreKinds()...)
	flags.StringVar(&f.remoteKey, "remote-key", "", "path of the entry in the store; its properties are called like the fields")
	flags.StringSliceVar(&f.fields, "store-field", nil, "field that the entry has besides the required ones; repeatable")
}

// external returns what the flags ask for, nil for a Secret.
func (f *externalFlags) external(s *secretSources, p *secrets.Provider) (*secrets.External, error) {
	if f.as == secrets.AsSecret {
		if f.store+f.remoteKey != "" || f.fields != nil {
			return nil, usageErrorf("--store, --remote-key and --store-field need --as %s", secrets.AsExternalSecret)
		}
		return nil, nil
	}
	if f.store == "" || f.remoteKey == "" {
		return nil, usageErrorf("--as %s needs --store and --remote-key", secrets.AsExternalSecret)
	}
	cluster, err := secrets.ClusterStore(f.storeKind)
	if err != nil {
		return nil, usageErrorf("--store-kind %w", err)
	}
	if s.fromEnv || s.envFile+s.profile+s.spFile+s.rcloneConf+s.oldSecret != "" {
		return nil, usageErrorf("--as %s takes no values: they come from the store", secrets.AsExternalSecret)
	}
	for _, field := range p.Fields {
		literal, file := s.literals[field.Name], s.files[field.Name]
		if !field.Public && (literal != nil && *literal != "" || file != nil && *file != "") {
			return nil, usageErrorf("--as %s takes no %s: it comes from the store", secrets.AsExternalSecret, field.Name)
		}
	}
	return &secrets.External{Store: f.store, Cluster: cluster, RemoteKey: f.remoteKey, Fields: f.fields}, nil
}
