#!/usr/bin/env bash
# Removes the demo's data, unless a program still has some of it open: scripts/reset.sh [--dry-run] FOLDER
set -euo pipefail
dry_run=no
if [[ ${1:-} == --dry-run ]]; then
  dry_run=yes
  shift
fi
folder=$1
if [[ ! -d $folder ]]; then
  echo "There is nothing to remove: $folder does not exist."
  exit 0
fi
folder=$(realpath "$folder")

# users prints who has a file of the folder open. Of another user's programs only root can tell.
users() {
  local link pid
  for link in /proc/[0-9]*/fd/*; do
    case $(readlink "$link" 2>/dev/null) in
      "$folder"/*)
        pid=${link#/proc/}
        pid=${pid%%/*}
        echo "$pid ($(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null))"
        ;;
    esac
  done | sort -u
}

found=$(users)
if [[ -n $found ]]; then
  echo "Nothing was removed: $folder is in use. End this first (Ctrl-C where it runs, or kill NUMBER):" >&2
  echo "$found" >&2
  exit 1
fi
size=$(du -sh "$folder" | cut -f1)
if [[ $dry_run == yes ]]; then
  echo "$folder ($size) would be removed."
  exit 0
fi
rm -rf -- "$folder"
echo "Removed $folder ($size). The next make run begins with a new demo."
