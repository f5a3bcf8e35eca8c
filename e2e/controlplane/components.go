package controlplane

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// controllers are those that bring Deployments to life and clean up after them.
// The autoscaler is not among them: it would change the replicas that a run has
// just looked at.
var controllers = []string{
	"deployment-controller", "replicaset-controller", "serviceaccount-controller",
	"garbage-collector-controller", "disruption-controller", "endpointslice-controller",
	"namespace-controller",
}

func (p *Plane) etcdArgs(clients, peers string) []string {
	return []string{
		"--name=e2e",
		"--data-dir=" + p.data(),
		"--listen-client-urls=" + clients,
		"--advertise-client-urls=" + clients,
		"--listen-peer-urls=" + peers,
		"--initial-advertise-peer-urls=" + peers,
		"--initial-cluster=e2e=" + peers,
		// What is stored need not outlive the run.
		"--unsafe-no-fsync",
	}
}

func (p *Plane) apiServerArgs(etcd string, port int) []string {
	return []string{
		"--etcd-servers=" + etcd,
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + p.keys(),
		"--token-auth-file=" + p.tokenFile(),
		"--authorization-mode=RBAC",
		"--service-account-issuer=" + p.URL,
		"--service-account-key-file=" + p.signingKey(),
		"--service-account-signing-key-file=" + p.signingKey(),
		// Every Service of every case takes an address.
		"--service-cluster-ip-range=10.96.0.0/16",
		// A loopback address must not become an endpoint.
		"--endpoint-reconciler-type=none",
		"--allow-privileged=true",
		"--enable-priority-and-fairness=false",
	}
}

func (p *Plane) controllerManagerArgs() []string {
	return []string{
		"--kubeconfig=" + p.Kubeconfig,
		"--controllers=" + strings.Join(controllers, ","),
		"--leader-elect=false",
		"--secure-port=0",
		"--service-account-private-key-file=" + p.signingKey(),
		"--root-ca-file=" + p.CAFile,
		"--kube-api-qps=500",
		"--kube-api-burst=1000",
	}
}

func (p *Plane) signingKey() string { return filepath.Join(p.keys(), "service-accounts.key") }
func (p *Plane) tokenFile() string  { return filepath.Join(p.keys(), "tokens.csv") }

// StartControllers runs the controller manager until the function that it
// returns is called.
func (p *Plane) StartControllers() (stop func(), err error) {
	running, err := programs.Start(p.Logs(), p.Binaries.ControllerManager, p.controllerManagerArgs())
	if err != nil {
		return nil, err
	}
	return running.Stop, nil
}
