package controlplane

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// patience is how long a component may take until it serves; a busy machine
// needs most of it.
const patience = 2 * time.Minute

// Plane is a running control plane.
type Plane struct {
	// URL is the address of the API server on loopback.
	URL string
	// Token belongs to an administrator.
	Token string
	// CAFile is the certificate to verify the server with.
	CAFile string
	// Kubeconfig is a file for kubectl.
	Kubeconfig string
	// Binaries are the programs that it runs.
	Binaries *Binaries

	dir       string
	etcd      *programs.Process
	apiServer *programs.Process
}

// Start runs etcd and an API server on ports that are free, with all files in a
// new temporary folder, and returns when the server is ready.
func Start(ctx context.Context, binaries *Binaries) (*Plane, error) {
	dir, err := os.MkdirTemp("", "seldonctl-e2e-")
	if err != nil {
		return nil, err
	}
	p := &Plane{Binaries: binaries, dir: dir, Token: rand.Text()}
	if err := p.start(ctx); err != nil {
		p.Stop(true)
		return nil, fmt.Errorf("%w\nlogs are in %s", err, p.Logs())
	}
	return p, nil
}

// Logs returns the folder of the components' output.
func (p *Plane) Logs() string { return filepath.Join(p.dir, "logs") }

// Home returns a folder for what kubectl keeps; it goes with the plane.
func (p *Plane) Home() string { return filepath.Join(p.keys(), "home") }

// Stop ends everything and deletes all files, the logs only unless they are to
// be kept.
func (p *Plane) Stop(keepLogs bool) {
	for _, running := range []*programs.Process{p.apiServer, p.etcd} {
		if running != nil {
			running.Stop()
		}
	}
	os.RemoveAll(p.data())
	os.RemoveAll(p.keys())
	if !keepLogs {
		os.RemoveAll(p.dir)
	}
}

func (p *Plane) data() string { return filepath.Join(p.dir, "etcd") }
func (p *Plane) keys() string { return filepath.Join(p.dir, "keys") }

func (p *Plane) start(ctx context.Context) error {
	for _, dir := range []string{p.Logs(), p.data(), p.keys()} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
	}
	ports, err := programs.FreePorts(3)
	if err != nil {
		return err
	}
	p.URL = fmt.Sprintf("https://127.0.0.1:%d", ports[2])
	etcdURL := fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	if err := p.writeKeys(); err != nil {
		return err
	}
	if p.etcd, err = programs.Start(p.Logs(), p.Binaries.Etcd, p.etcdArgs(etcdURL, fmt.Sprintf("http://127.0.0.1:%d", ports[1])), p.data(), p.keys()); err != nil {
		return err
	}
	if p.apiServer, err = programs.Start(p.Logs(), p.Binaries.APIServer, p.apiServerArgs(etcdURL, ports[2])); err != nil {
		return err
	}
	return p.awaitReady(ctx)
}

// awaitReady returns when the API server says that it is ready, or an error when
// a component has ended or patience has.
func (p *Plane) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := p.ready(ctx)
		if err == nil {
			return nil
		}
		if failed := errors.Join(p.etcd.Failure(), p.apiServer.Failure()); failed != nil {
			return failed
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the API server did not get ready in time: %w", err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
