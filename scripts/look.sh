#!/usr/bin/env bash
# Draws every page into artefacts/look and tells how far it is. ONLY=clerk draws the pages of one role alone.
set -euo pipefail
cd "$(dirname "$0")/.."
log=artefacts/look.log
mkdir -p artefacts
if ! .run/withpostgres go test -tags look -vet=off -count=1 -timeout 30m -v -run "^TestLook\$${ONLY:+//^$ONLY}" ./internal/web/journey 2>&1 |
  tee "$log" | grep --line-buffered -E '^look: |^ *--- FAIL'; then
  echo "look: not all was drawn; $log tells why" >&2
  exit 1
fi
if grep -q -E '^FAIL' "$log"; then
  echo "look: not all was drawn; $log tells why" >&2
  exit 1
fi
