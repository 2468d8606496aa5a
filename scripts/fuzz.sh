#!/usr/bin/env bash
# Runs every fuzz target for a time: scripts/fuzz.sh 20s. It goes on after a target that finds something, and ends with 1.
set -euo pipefail
cd "$(dirname "$0")/.."
code=0
found=0
while IFS=: read -r file line; do
  target=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/' <<<"$line")
  echo "== $target in $(dirname "$file")"
  found=$((found + 1))
  go test "./$(dirname "$file")" -run '^$' -fuzz "^$target\$" -fuzztime "$1" || code=1
done < <(grep -rE '^func Fuzz[A-Za-z0-9_]*\(' --include='*_test.go' cmd internal | sort)
echo "$found fuzz targets"
exit $code
