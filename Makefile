# Needs Go, git and make. Tools are pinned in tools/go.mod and built on first use.

# How the program is built, here and in a release. Of the methods of Kubernetes'
# types most are there for protobuf, which no run uses: not inlined they take half
# a megabyte less, and nothing takes longer.
export BUILDFLAGS := -trimpath
export GCFLAGS    := k8s.io/api/...=-l
export LDFLAGS    := -s -w -buildid=

TOOL     := go tool -modfile=tools/go.mod
FUZZTIME ?= 30s
KUBE     ?= 1.34
MERMAID  := 11.17.2

# The race detector is built with C; a machine without a compiler tests without it.
RACE = $(shell command -v "$$(go env CC)" >/dev/null 2>&1 && test "$$(go env CGO_ENABLED)" = 1 && echo -race)

.DEFAULT_GOAL := build
.PHONY: help build size test lint vulncheck fuzz fuzztargets growth bench conformance peers gitops mermaid update verify dist rehearse signers cover e2e e2e-storage

help: ## Say what there is to make
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

build: ## Build bin/seldonctl
	CGO_ENABLED=0 go build $(BUILDFLAGS) -gcflags="$(GCFLAGS)" -ldflags="$(LDFLAGS)" -o bin/ ./cmd/seldonctl

size: build ## Build it, and fail when it is not below 20,000,000 bytes
	@size=$$(wc -c <bin/seldonctl); test "$$size" -lt 20000000 || { echo "bin/seldonctl has $$size bytes; make it less than 20,000,000" >&2; exit 1; }

test: ## Run all tests, with the race detector where there is a C compiler, then vet and the linter
	$(if $(RACE),,@echo "note: no C compiler, so the race detector is off")
	go test -short -shuffle=on $(RACE) ./...
	@$(MAKE) --no-print-directory lint

lint: ## Look for unformatted files, conflicts left behind, and for what vet and staticcheck find
	@unformatted=$$("$$(go env GOROOT)/bin/gofmt" -l $$(git ls-files -co --exclude-standard '*.go')) || exit 1; \
	  test -z "$$unformatted" || { printf '%s\nrun gofmt -w on these files\n' "$$unformatted" >&2; exit 1; }
	@! git grep -nE '^(<<<<<<<|>>>>>>>) ' -- ':!cmd/seldonctl/testdata' || { echo 'resolve these conflicts' >&2; exit 1; }
	go vet ./...
	$(TOOL) staticcheck ./...

vulncheck: ## Look for known vulnerabilities in what the program links; asks vuln.go.dev
	$(TOOL) govulncheck ./...

fuzz: ## Run every fuzz target for FUZZTIME (30s)
	@$(if $(FUZZTARGETS),echo "$(FUZZTARGETS)",$(MAKE) --no-print-directory --silent fuzztargets) | while read -r pkg name; do \
	  echo "$$pkg $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" || exit 1; done

fuzztargets:
	@for pkg in $$(go list ./...); do go test -list '^Fuzz' "$$pkg" | sed -n "s|^Fuzz|$$pkg &|p"; done

growth: ## Double large inputs and count the statements that run, under every command (ten minutes)
	@dir=$$(mktemp -d); go build -cover -covermode=count -coverpkg=./...,go.yaml.in/yaml/v4/...,go.yaml.in/yaml/v3/...,sigs.k8s.io/kustomize/kyaml/... -o "$$dir/seldonctl" ./cmd/seldonctl && \
	  SELDONCTL_COUNTING="$$dir/seldonctl" go test ./cmd/seldonctl -count=1 -timeout 60m -run '^TestWorkGrowsWithTheInput$$'; code=$$?; rm -rf "$$dir"; exit $$code

bench: ## Run the benchmarks, then compare whole processes with kustomize and helm (ten minutes)
	go test -run '^$$' -bench . -benchmem ./...
	go -C tools run ./bench

conformance: ## Compare with recorded operator output; SELDONCTL_CONFORMANCE names the full set
	@out=$$(mktemp); go test ./render -count=1 -run '^(TestRecorded|TestUpgradingTable)$$' -summary "$$out"; code=$$?; cat "$$out"; rm -f "$$out"; exit $$code

peers: ## Build the pinned kustomizes and kpt into bin/, which tests then run the KRM function under
	go -C tools/peers build -o ../../bin/ tool
	go -C tools/peers/oldest build -o ../../../bin/kustomize-oldest tool
	CGO_ENABLED=0 go -C tools/kpt build -o ../../bin/ .

gitops: ## Build the pinned helms, sops and kubeseal into bin/, run under them and under code of Argo CD, Flux and External Secrets
	CGO_ENABLED=0 go -C tools/peers/helm3 build -o ../../../bin/helm3 tool
	CGO_ENABLED=0 go -C tools/peers/helm4 build -o ../../../bin/helm4 tool
	CGO_ENABLED=0 go -C tools/peers/sops build -o ../../../bin/ tool
	CGO_ENABLED=0 go -C tools/peers/kubeseal build -o ../../../bin/ tool
	go test -count=1 -run '^TestScripts$$/^(example_helm|secret_encrypted)' ./cmd/seldonctl
	go -C tools/externalsecrets test -count=1 ./...
	go -C tools/argocd test -count=1 ./...
	go -C tools/argocd/plugin test -count=1 ./...
	go -C tools/flux test -count=1 ./...

mermaid: ## Fetch the pinned Mermaid from npm into bin/, and have it draw graphs in Chromium
	mkdir -p bin && cd bin && npm pack --silent mermaid@$(MERMAID)
	tar -xzf bin/mermaid-$(MERMAID).tgz -C bin --strip-components=2 package/dist/mermaid.min.js
	rm bin/mermaid-$(MERMAID).tgz
	go test -count=1 -run '^TestMermaid$$' -v ./internal/graph

update: ## Rewrite what is generated: code, reference pages, expected output. Read the diff
	go generate ./...
	go test $$(git grep -l 'flag.Bool("update"' -- '*_test.go' ':!e2e' | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

verify: ## Fail when generated files, the modules or the tools are stale
	go mod verify
	go mod tidy -diff
	go -C tools vet ./...
	go -C tools test ./...
	go -C tools/podsecurity test ./...
	go -C tools run ./podfields -check
	go -C tools run ./encoders -check
	$(TOOL) actionlint

dist: ## Build everything that a release consists of into dist/, and publish nothing
	.ci/dist

rehearse: ## Build a release twice, sign it with a throw-away key, look into it and install from it
	.ci/rehearse

signers:
	go -C tools/release build -o ../../bin/ github.com/sigstore/cosign/v3/cmd/cosign github.com/google/go-containerregistry/cmd/crane

cover: ## Say how much of the code the tests run
	go test -short -coverpkg=./... -coverprofile=bin/cover.out ./...
	@go tool cover -func=bin/cover.out | tail -n 1

e2e: ## Prove the output on a real Kubernetes API server (KUBE=1.34), which is built on first use
	E2E_KUBERNETES=$(KUBE) go -C e2e test -count=1 -timeout=60m -v ./...
	E2E_KUBERNETES=$(KUBE) go -C e2e/gitops test -count=1 -timeout=60m ./...

e2e-storage: ## Let rclone and a stand-in for kfserving's initializer fetch models with Secrets of ours; builds them first
	go -C e2e/storage test -count=1 -timeout=90m -v ./...
