package clouds

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// The users of the proxy tell whether the machine that a program runs on has an
// identity in the cloud.
const (
	anybody  = "anybody"
	somebody = "somebody"
)

// direct goes to servers on loopback, by their addresses.
var direct = &http.Transport{DisableCompression: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}

// serve starts the proxy and Google's metadata servers.
func (c *Clouds) serve() error {
	proxy, err := listen(c, c)
	if err != nil {
		return err
	}
	c.proxy = proxy
	for i := range c.metadata {
		if c.metadata[i], err = listen(c, googleMetadata{c, i > 0}); err != nil {
			return err
		}
	}
	return nil
}

func listen(c *Clouds, handler http.Handler) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler}
	c.servers = append(c.servers, server)
	go server.Serve(l)
	return l.Addr().String(), nil
}

// ServeHTTP is the proxy: requests for http URLs come as they are, those for
// https in a tunnel of which this is the end.
func (c *Clouds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, _, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
	identity := user == somebody
	if r.Method != http.MethodConnect {
		c.route(w, r, identity)
		return
	}
	if (&url.URL{Host: r.Host}).Hostname() == plainMinIO {
		http.Error(w, "no TLS here", http.StatusBadGateway)
		return
	}
	connection, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	connection.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n"))
	tunnel := tls.Server(connection, &tls.Config{GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		return c.authority.host(hello.ServerName)
	}})
	// Serve returns after the only connection was accepted, and serves it on.
	server := &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.route(w, r, identity)
	})}
	server.Serve(&one{connection: tunnel})
}

// one is a listener for a single connection.
type one struct{ connection net.Conn }

func (o *one) Accept() (net.Conn, error) {
	if o.connection == nil {
		return nil, net.ErrClosed
	}
	connection := o.connection
	o.connection = nil
	return connection, nil
}

func (o *one) Close() error   { return nil }
func (o *one) Addr() net.Addr { return &net.TCPAddr{} }

// route answers as the host that a request is for.
func (c *Clouds) route(w http.ResponseWriter, r *http.Request, identity bool) {
	host := strings.ToLower((&url.URL{Host: r.Host}).Hostname())
	switch {
	case host == linkLocal && strings.HasPrefix(r.URL.Path, "/metadata/identity/"):
		c.azureMetadata(w, r, identity)
	case host == linkLocal:
		c.amazonMetadata(w, r, identity)
	case host == "sts.amazonaws.com" || host == "sts.us-east-1.amazonaws.com":
		c.securityTokens(w, r)
	case host == "oauth2.googleapis.com":
		c.googleToken(w, r)
	case host == "storage.googleapis.com" || host == "www.googleapis.com":
		c.googleStorage(w, r)
	case host == "login.microsoftonline.com":
		c.microsoftLogin(w, r)
	case host == c.Azure.Account+".blob.core.windows.net":
		forward(w, r, c.Azure.server)
	case c.Amazon.gateway(host) != "":
		c.Amazon.storage(w, r, c.Amazon.gateway(host))
	default:
		c.mu.Lock()
		c.unknown = append(c.unknown, r.Method+" "+r.Host+r.URL.Path)
		c.mu.Unlock()
		http.Error(w, "nobody imitates "+host, http.StatusForbidden)
	}
}

// linkLocal is the address of metadata servers.
const linkLocal = "169.254.169.254"

// forward hands a request to a server under the name that it was for, which
// signatures include.
func forward(w http.ResponseWriter, r *http.Request, server string) {
	target, err := url.Parse(server)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	(&httputil.ReverseProxy{Transport: direct, Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(target)
		p.Out.Host = p.In.Host
		// The query is signed as it was written.
		p.Out.URL.RawQuery = p.In.URL.RawQuery
	}}).ServeHTTP(w, r)
}
