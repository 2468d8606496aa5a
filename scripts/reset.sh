#!/usr/bin/env bash
# Removes the demonstration's data, and nothing else: scripts/reset.sh [--dry-run] FOLDER
#
# It refuses a folder that is in use, that is not inside this project, or that holds anything but a demonstration.
set -euo pipefail

dry_run=no
if [[ ${1:-} == --dry-run ]]; then
  dry_run=yes
  shift
fi
project=$(realpath "$(dirname "$0")/..")
folder=$(realpath -m "$1")

refuse() {
  printf 'Nothing was removed: %s\n' "$1" >&2
  exit 1
}

# Who has a file of the folder open. Of another user's programs only root can tell.
with_open_files() {
  local where opened
  while read -r where opened; do
    if [[ $opened == "$folder"/* ]]; then
      where=${where#/proc/}
      echo "${where%/fd}"
    fi
  done < <(find /proc/[0-9]*/fd -maxdepth 1 -type l -printf '%h %l\n' 2>/dev/null)
}

# Servers whose cases stand in PostgreSQL keep no file open: their command line tells the folder of their keys.
serving_from_it() {
  local command pid data i
  for command in /proc/[0-9]*/cmdline; do
    local words=()
    { mapfile -d '' -t words <"$command"; } 2>/dev/null || continue
    [[ ${words[0]:-} == *bianmin && ${words[1]:-} == serve ]] || continue
    data=data
    for ((i = 2; i < ${#words[@]}; i++)); do
      case ${words[i]} in
        --data) data=${words[i + 1]:-data} ;;
        --data=*) data=${words[i]#--data=} ;;
      esac
    done
    pid=${command#/proc/}
    pid=${pid%%/*}
    if [[ $(cd "/proc/$pid/cwd" 2>/dev/null && realpath -m "$data") == "$folder" ]]; then echo "$pid"; fi
  done
}

if [[ ! -d $folder ]]; then
  echo "There is nothing to remove: $folder does not exist."
  exit 0
fi
if [[ $folder != "$project"/?* ]]; then refuse "$folder is not inside $project."; fi

users=$({ with_open_files; serving_from_it; } | sort -un | paste -sd ' ')
if [[ -n $users ]]; then refuse "$folder is in use. End the server first: Ctrl-C where it runs, or kill $users"; fi

# A demonstration has a clock of its own, and its database says so (setting demo.clock).
if [[ -e $folder/bianmin.db ]]; then
  if ! grep -aqs 'demo\.clock' "$folder"/bianmin.db*; then refuse "$folder holds no demonstration but a database in real use."; fi
elif [[ -e $folder/keys.json ]]; then
  refuse "$folder holds the keys of a database in PostgreSQL. Drop that database, then remove the folder by hand."
fi

size=$(du -sh "$folder" | cut -f1)
if [[ $dry_run == yes ]]; then
  echo "$folder ($size) would be removed."
  exit 0
fi
rm -rf -- "$folder"
echo "Removed $folder ($size). The next make run begins a new demonstration."
