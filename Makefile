# One file a newcomer can run everything from. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Go is often unpacked beside the system's programs and not yet on the path.
export PATH := $(PATH):/usr/local/go/bin
# One plain binary, and no C compiler needed.
export CGO_ENABLED := 0

TOOLS := $(CURDIR)/.tools
SQLC := $(TOOLS)/sqlc-v1.31.1/sqlc
TEMPL := $(TOOLS)/templ-v0.3.1100/templ
LINT := $(TOOLS)/golangci-lint-v2.15.0/golangci-lint

DATA := data
LISTEN := 127.0.0.1:8080

.PHONY: help run reset build test kill bench lint generate fuzz look clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build the program and start the demonstration at http://127.0.0.1:8080 (LISTEN=…; data in ./data)
	@exec ./bin/bianmin serve --demo --data ./$(DATA) --listen $(LISTEN)

reset: ## remove the demonstration's data, unless a server uses them
	@scripts/reset.sh $(DATA)

build: ## build ./bin/bianmin
	@scripts/need.sh go
	go build -trimpath -ldflags "-s -w" -o bin/bianmin ./cmd/bianmin

test: .run/withpostgres ## run every test, on SQLite, PostgreSQL and in a browser; installs what they need
	@scripts/need.sh postgresql chromium fonts poppler strace
	go vet ./...
	.run/withpostgres go test -vet=off -count=1 -timeout 20m ./internal/web/journey ./... # the longest first

kill: ## kill the server again and again while it works, and count what is lost (up to an hour)
	@scripts/need.sh go postgresql
	go test -tags kill -run TestKill ./internal/killtest -count=1 -timeout 60m -v

BENCH_CASES := 50000

bench: ## measure, as docs/benchmarks.md tells (BENCH_CASES=… in the simulated city)
	@scripts/need.sh go postgresql
	go run ./bench -cases $(BENCH_CASES)

lint: $(LINT) ## look for mistakes that the compiler lets pass, and for packages on the wrong floor
	$(LINT) run ./...

generate: $(SQLC) $(TEMPL) ## write the generated code anew; the tree stays clean
	$(SQLC) generate
	$(TEMPL) generate -path . -log-level warn
	go generate ./internal/proofread
	gofmt -l -w cmd internal scripts $(wildcard bench)
	@git status --short

fuzz: ## run each fuzz target for 20 seconds
	@scripts/need.sh go
	@scripts/fuzz.sh 20s

look: .run/withpostgres ## draw every page for every role at every size into ./artefacts/look; open index.html there
	@scripts/need.sh go postgresql chromium fonts poppler
	@scripts/look.sh

clean: ## remove what was built
	rm -rf bin .run .tools artefacts

# The server that all packages' tests share; see internal/enginetest.
.PHONY: .run/withpostgres
.run/withpostgres:
	@scripts/need.sh go
	@go build -o $@ ./internal/enginetest/withpostgres

# Each tool stands in a folder named after its version: another version is another folder, and is installed once.
$(SQLC):
	@scripts/tool.sh $@ github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1
$(TEMPL):
	@scripts/tool.sh $@ github.com/a-h/templ/cmd/templ@v0.3.1100
$(LINT):
	@scripts/tool.sh $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
