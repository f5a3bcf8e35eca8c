package clouds

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/seldonctl/seldonctl/e2e/programs"
)

// patience is how long a server may take until it answers.
const patience = time.Minute

// Programs are the servers' programs, by their paths.
type Programs struct {
	VersityGW, FakeGCS string
	// Node runs Azurite, which is a script. Both are empty where there is no node.
	Node, Azurite string
}

// Clouds are running imitations.
type Clouds struct {
	// CAFile has the authority that the imitations' certificates are from.
	CAFile string
	Amazon Amazon
	Google Google
	Azure  Azure
	// WebIdentityToken is a token of Kubernetes that Amazon and Azure know.
	WebIdentityToken string

	programs  Programs
	dir       string
	running   []*programs.Process
	authority *authority
	proxy     string
	// metadata are the addresses of Google's metadata server, without and with an
	// identity.
	metadata [2]string
	servers  []*http.Server

	mu sync.Mutex
	// unknown are hosts that somebody asked for and nobody imitates.
	unknown []string
}

// Start runs everything on ports that are free, with all files in a new temporary
// folder.
func Start(ctx context.Context, p Programs) (*Clouds, error) {
	dir, err := os.MkdirTemp("", "seldonctl-storage-")
	if err != nil {
		return nil, err
	}
	c := &Clouds{programs: p, dir: dir, WebIdentityToken: secret()}
	if err := c.start(ctx); err != nil {
		c.Stop(true)
		return nil, fmt.Errorf("%w\nlogs are in %s", err, c.Logs())
	}
	return c, nil
}

// Logs returns the folder of the servers' output.
func (c *Clouds) Logs() string { return filepath.Join(c.dir, "logs") }

// Unknown returns the hosts that were asked for and that nobody imitates.
func (c *Clouds) Unknown() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.unknown)
}

// Environment returns the variables that lead a program here. With an identity
// the machine it runs on has one, in all three clouds.
func (c *Clouds) Environment(identity bool) map[string]string {
	user, metadata := anybody, c.metadata[0]
	if identity {
		user, metadata = somebody, c.metadata[1]
	}
	proxy := "http://" + user + ":@" + c.proxy
	return map[string]string{
		"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "SSL_CERT_FILE": c.CAFile, "SSL_CERT_DIR": filepath.Dir(c.CAFile),
		// Clients of it use no proxy.
		"GCE_METADATA_HOST": metadata,
	}
}

// Stop ends everything and deletes all files, the logs only unless they are to
// be kept.
func (c *Clouds) Stop(keepLogs bool) {
	for _, s := range c.servers {
		s.Close()
	}
	for _, p := range c.running {
		p.Stop()
	}
	os.RemoveAll(c.data())
	if !keepLogs {
		os.RemoveAll(c.dir)
	}
}

func (c *Clouds) data() string { return filepath.Join(c.dir, "data") }

func (c *Clouds) start(ctx context.Context) (err error) {
	for _, dir := range []string{c.Logs(), c.data()} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
	}
	if c.authority, c.CAFile, err = newAuthority(c.data()); err != nil {
		return err
	}
	if err := c.serve(); err != nil {
		return err
	}
	return errors.Join(c.startAmazon(ctx), c.startGoogle(ctx), c.startAzure(ctx))
}

// run starts a program and returns when it answers at a URL, whatever it says.
func (c *Clouds) run(ctx context.Context, url, path string, args ...string) error {
	p, err := programs.Start(c.Logs(), path, args, c.data())
	if err != nil {
		return err
	}
	c.running = append(c.running, p)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		answer, err := direct.RoundTrip(request)
		if err == nil {
			answer.Body.Close()
			return nil
		}
		if failed := p.Failure(); failed != nil {
			return failed
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer in time: %w", filepath.Base(path), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func secret() string { return rand.Text() + rand.Text() }
