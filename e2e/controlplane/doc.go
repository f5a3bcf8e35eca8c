// Package controlplane builds and runs a Kubernetes control plane on loopback:
// etcd, kube-apiserver and, when asked for, kube-controller-manager. There is
// neither a kubelet nor a scheduler: pods are made and stay pending.
//
// Each version of Kubernetes is a folder with a go.mod that pins it; nothing is
// downloaded but Go modules. Start with [Start]. A program that uses
// it calls [programs.Supervise] first in main.
package controlplane
