// Command seldonctl turns SeldonDeployments into plain Kubernetes manifests.
package main

import (
	"os"

	"github.com/seldonctl/seldonctl/internal/cli"
)

func main() { os.Exit(cli.Process()) }
