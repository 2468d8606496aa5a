#!/usr/bin/env bash
# Builds a tool of a fixed version into .tools: scripts/tool.sh WHERE/NAME MODULE@VERSION
set -euo pipefail
"$(dirname "$0")/need.sh" go
echo "Building ${2##*/} (once) …" >&2
GOBIN=$(dirname "$1") GOFLAGS=-trimpath go install "$2"
