package cluster

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

// Object is a Kubernetes object of any kind.
type Object = unstructured.Unstructured

// ErrNotServed says that the server does not know the object's API version.
var ErrNotServed = errors.New("the server does not serve this API version")

// Answer is what the server said to a request.
type Answer struct {
	// Refused is why the object was not taken, or nil.
	Refused error
	// Warnings are the texts of the response's warning headers.
	Warnings []string
	// Object is what was stored.
	Object *Object
}

// Client talks to an API server as an administrator.
type Client struct {
	dynamic dynamic.Interface
	mapper  *restmapper.DeferredDiscoveryRESTMapper
}

// Connect returns a client of the server at a URL, verified by a CA file.
func Connect(url, token, caFile string) (*Client, error) {
	config := &rest.Config{
		Host: url, BearerToken: token,
		TLSClientConfig:           rest.TLSClientConfig{CAFile: caFile},
		QPS:                       -1,
		WarningHandlerWithContext: warningHandler{},
	}
	dynamicClient, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	discoveryClient, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return &Client{
		dynamic: dynamicClient,
		mapper:  restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(discoveryClient)),
	}, nil
}

// Namespaced reports whether objects of the kind live in namespaces; the error
// is ErrNotServed for what the server does not know.
func (c *Client) Namespaced(gvk schema.GroupVersionKind) (bool, error) {
	mapping, err := c.mapping(gvk)
	if err != nil {
		return false, err
	}
	return mapping.Scope.Name() == meta.RESTScopeNameNamespace, nil
}

// Create creates an object as kubectl create --validate=strict does. The error
// says that there was no answer.
func (c *Client) Create(ctx context.Context, object *Object) (Answer, error) {
	return c.ask(ctx, object, func(ctx context.Context, r dynamic.ResourceInterface) (*Object, error) {
		return r.Create(ctx, object, metav1.CreateOptions{FieldValidation: metav1.FieldValidationStrict, FieldManager: "e2e"})
	})
}

// ApplyOptions say how an object is applied.
type ApplyOptions struct {
	// Manager is the name under which fields are owned.
	Manager string
	// Force takes fields over from other managers.
	Force bool
	// DryRun changes nothing.
	DryRun bool
}

// Apply applies an object on the server's side.
func (c *Client) Apply(ctx context.Context, object *Object, o ApplyOptions) (Answer, error) {
	options := metav1.ApplyOptions{FieldManager: o.Manager, Force: o.Force}
	if o.DryRun {
		options.DryRun = []string{metav1.DryRunAll}
	}
	return c.ask(ctx, object, func(ctx context.Context, r dynamic.ResourceInterface) (*Object, error) {
		return r.Apply(ctx, object.GetName(), object, options)
	})
}

// Get returns the stored object of the same kind and name, nil when there is
// none.
func (c *Client) Get(ctx context.Context, object *Object) (*Object, error) {
	r, err := c.resource(object.GroupVersionKind(), object.GetNamespace())
	if err != nil {
		return nil, err
	}
	stored, err := r.Get(ctx, object.GetName(), metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return nil, nil
	}
	return stored, err
}

// List returns the objects of a kind in a namespace, or in all if it is empty.
func (c *Client) List(ctx context.Context, gvk schema.GroupVersionKind, namespace string) ([]Object, error) {
	r, err := c.resource(gvk, namespace)
	if err != nil {
		return nil, err
	}
	list, err := r.List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", gvk.Kind, err)
	}
	return list.Items, nil
}

// DeleteAll deletes the objects of a kind in a namespace. Dependents stay.
func (c *Client) DeleteAll(ctx context.Context, gvk schema.GroupVersionKind, namespace string) error {
	r, err := c.resource(gvk, namespace)
	if err != nil {
		return err
	}
	background := metav1.DeletePropagationBackground
	return r.DeleteCollection(ctx, metav1.DeleteOptions{PropagationPolicy: &background}, metav1.ListOptions{})
}

// Delete deletes an object and says what becomes of those that it owns.
func (c *Client) Delete(ctx context.Context, object *Object, dependents metav1.DeletionPropagation) error {
	r, err := c.resource(object.GroupVersionKind(), object.GetNamespace())
	if err != nil {
		return err
	}
	return r.Delete(ctx, object.GetName(), metav1.DeleteOptions{PropagationPolicy: &dependents})
}

func (c *Client) ask(ctx context.Context, object *Object, do func(context.Context, dynamic.ResourceInterface) (*Object, error)) (Answer, error) {
	r, err := c.resource(object.GroupVersionKind(), object.GetNamespace())
	if err != nil {
		return Answer{}, err
	}
	ctx, heard := listen(ctx)
	stored, err := do(ctx, r)
	answer := Answer{Object: stored, Warnings: heard.texts()}
	var status apierrors.APIStatus
	switch {
	case errors.As(err, &status) && isRefusal(status.Status()):
		answer.Refused = err
	case err != nil:
		return Answer{}, fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err)
	}
	return answer, nil
}

// isRefusal tells what is wrong with an object from what is wrong with a server.
func isRefusal(status metav1.Status) bool {
	return status.Code < 500 || strings.Contains(status.Message, typedPatch)
}

// typedPatch is in the answers of server-side apply to entries of a list that it
// cannot tell apart. They have code 500.
const typedPatch = "failed to create typed patch object"

// IsTypedPatch reports whether a refusal is one that only server-side apply
// has: two entries of a list have the same key.
func IsTypedPatch(refused error) bool {
	return refused != nil && strings.Contains(refused.Error(), typedPatch)
}

func (c *Client) mapping(gvk schema.GroupVersionKind) (*meta.RESTMapping, error) {
	mapping, err := c.mapper.RESTMapping(gvk.GroupKind(), gvk.Version)
	if meta.IsNoMatchError(err) {
		return nil, fmt.Errorf("%s: %w", gvk, ErrNotServed)
	}
	return mapping, err
}

func (c *Client) resource(gvk schema.GroupVersionKind, namespace string) (dynamic.ResourceInterface, error) {
	mapping, err := c.mapping(gvk)
	if err != nil {
		return nil, err
	}
	if mapping.Scope.Name() == meta.RESTScopeNameRoot {
		return c.dynamic.Resource(mapping.Resource), nil
	}
	return c.dynamic.Resource(mapping.Resource).Namespace(namespace), nil
}

// warningHandler hands warnings to whoever listens in the request's context:
// many requests run at once.
type warningHandler struct{}

type listenerKey struct{}

type listener struct {
	mu    sync.Mutex
	heard []string
}

func (l *listener) texts() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.heard
}

func listen(ctx context.Context) (context.Context, *listener) {
	l := &listener{}
	return context.WithValue(ctx, listenerKey{}, l), l
}

func (warningHandler) HandleWarningHeaderWithContext(ctx context.Context, code int, _, text string) {
	l, ok := ctx.Value(listenerKey{}).(*listener)
	if !ok || code != 299 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = append(l.heard, text)
}
