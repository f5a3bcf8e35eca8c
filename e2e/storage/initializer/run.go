package initializer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Image is what a storage initializer's image has in it.
type Image struct {
	// Command is the program and its first arguments.
	Command []string
	// Env are the variables that the image sets.
	Env map[string]string
}

// Machine is what surrounds a container.
type Machine struct {
	// Env are variables that are set besides, such as where the network is.
	Env map[string]string
	// WebIdentityToken is that of pods whose ServiceAccount stands for an identity,
	// and Tenant is where Azure has it.
	WebIdentityToken, Tenant string
}

// Result is how a container ended.
type Result struct {
	// Reason says why the container was not started; empty when it was.
	Reason string
	Code   int
	// Log is what the program said.
	Log string
	// Files are the contents of what it fetched, by path.
	Files map[string]string
	Took  time.Duration
}

// deadline is when a program is given up: rclone tries some things again and
// again.
const deadline = 30 * time.Second

// Run runs the container in an image. Its volumes are folders below dir.
func (c *Container) Run(ctx context.Context, image Image, machine Machine, dir string) (*Result, error) {
	env, reason := c.environment()
	if reason != "" {
		return &Result{Reason: reason}, nil
	}
	mounts, reason, err := c.mounts(dir)
	if err != nil || reason != "" {
		return &Result{Reason: reason}, err
	}
	identity, err := c.identity(machine, dir)
	if err != nil {
		return nil, err
	}
	home := filepath.Join(dir, "home")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, err
	}
	// A container's own variables win over its image's.
	all := map[string]string{"HOME": home, "PATH": os.Getenv("PATH")}
	for _, some := range []map[string]string{image.Env, machine.Env, identity, env} {
		maps.Copy(all, some)
	}
	var list []string
	for name, value := range all {
		list = append(list, name+"="+mounts.replace(value))
	}
	args := slices.Clone(image.Command[1:])
	for _, arg := range c.Args {
		args = append(args, mounts.replace(arg))
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var log bytes.Buffer
	cmd := exec.CommandContext(ctx, image.Command[0], args...)
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = list, home, &log, &log
	cmd.WaitDelay = time.Second
	begin := time.Now()
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	r := &Result{Code: cmd.ProcessState.ExitCode(), Log: log.String(), Took: time.Since(begin)}
	r.Files, err = files(mounts.replace(c.destination()))
	return r, err
}

// destination is where the model goes: the last argument.
func (c *Container) destination() string {
	if len(c.Args) == 0 {
		return ""
	}
	return c.Args[len(c.Args)-1]
}

// variableName is what a kubelet takes from the keys of a Secret.
var variableName = regexp.MustCompile(`^[-._a-zA-Z][-._a-zA-Z0-9]*$`)

// environment returns the container's variables, or why it cannot start.
func (c *Container) environment() (map[string]string, string) {
	env := map[string]string{}
	for _, from := range c.EnvFrom {
		if from.SecretRef == nil {
			return nil, "envFrom without a Secret"
		}
		secret, ok := c.cluster.Secrets[from.SecretRef.Name]
		if !ok {
			return nil, fmt.Sprintf("secret %q not found", from.SecretRef.Name)
		}
		for key, value := range secret.Data {
			if variableName.MatchString(from.Prefix + key) {
				env[from.Prefix+key] = string(value)
			}
		}
	}
	for _, v := range c.Env {
		env[v.Name] = v.Value
		if v.ValueFrom == nil {
			continue
		}
		ref := v.ValueFrom.SecretKeyRef
		if ref == nil {
			return nil, "a variable from something else than a Secret"
		}
		secret, ok := c.cluster.Secrets[ref.Name]
		if !ok {
			return nil, fmt.Sprintf("secret %q not found", ref.Name)
		}
		value, ok := secret.Data[ref.Key]
		if !ok {
			return nil, fmt.Sprintf("couldn't find key %s in Secret %s", ref.Key, ref.Name)
		}
		env[v.Name] = string(value)
	}
	return env, ""
}

// identity are the variables that the webhooks of EKS and AKS add to pods whose
// ServiceAccount stands for an identity.
func (c *Container) identity(machine Machine, dir string) (map[string]string, error) {
	account := c.cluster.ServiceAccounts[c.Pod.Spec.ServiceAccountName]
	if account == nil {
		return nil, nil
	}
	file, variables := filepath.Join(dir, "token"), map[string]string{}
	if role := account.Annotations["eks.amazonaws.com/role-arn"]; role != "" {
		variables["AWS_ROLE_ARN"], variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = role, file
	}
	if id := account.Annotations["azure.workload.identity/client-id"]; id != "" && c.Pod.Labels["azure.workload.identity/use"] == "true" {
		variables["AZURE_CLIENT_ID"], variables["AZURE_TENANT_ID"], variables["AZURE_FEDERATED_TOKEN_FILE"] = id, machine.Tenant, file
		variables["AZURE_AUTHORITY_HOST"] = "https://login.microsoftonline.com/"
	}
	if len(variables) == 0 {
		return nil, nil
	}
	return variables, os.WriteFile(file, []byte(machine.WebIdentityToken), 0o600)
}

// mounts are folders by the path that a container sees them at.
type mounts map[string]string

// replace returns a text that is a path below a mount, or a file URL of one, as
// the path of the folder.
func (m mounts) replace(text string) string {
	for _, path := range slices.Backward(slices.Sorted(maps.Keys(m))) {
		if rest, ok := strings.CutPrefix(text, path); ok && (rest == "" || strings.HasPrefix(rest, "/")) {
			return m[path] + rest
		}
	}
	return text
}

func (c *Container) mounts(dir string) (mounts, string, error) {
	out := mounts{}
	for _, mount := range c.VolumeMounts {
		i := slices.IndexFunc(c.Pod.Spec.Volumes, func(v corev1.Volume) bool { return v.Name == mount.Name })
		if i < 0 {
			return nil, "no volume " + mount.Name, nil
		}
		folder := filepath.Join(dir, "volumes", mount.Name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, "", err
		}
		switch source := c.Pod.Spec.Volumes[i].VolumeSource; {
		case source.EmptyDir != nil:
		case source.PersistentVolumeClaim != nil:
			claim, ok := c.cluster.Claims[source.PersistentVolumeClaim.ClaimName]
			if !ok {
				return nil, "no claim " + source.PersistentVolumeClaim.ClaimName, nil
			}
			folder = claim
		case source.Secret != nil:
			secret, ok := c.cluster.Secrets[source.Secret.SecretName]
			if !ok {
				return nil, "no Secret " + source.Secret.SecretName, nil
			}
			for key, value := range secret.Data {
				if err := os.WriteFile(filepath.Join(folder, key), value, 0o600); err != nil {
					return nil, "", err
				}
			}
		default:
			return nil, "a volume of another kind: " + mount.Name, nil
		}
		out[strings.TrimSuffix(mount.MountPath, "/")] = folder
	}
	return out, "", nil
}

// files reads a folder.
func files(dir string) (map[string]string, error) {
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(text)
		return err
	})
	return out, err
}
