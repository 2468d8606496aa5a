#!/usr/bin/env bash
# Makes sure that programs are there, and installs those that are not (Debian and its children; root, or sudo).
#
#   scripts/need.sh [--dry-run] go|postgresql|chromium|fonts|poppler|strace …
#
# Nothing is asked of the network when all is there. --dry-run prints what would be installed and how.
set -euo pipefail

# Where PostgreSQL's programs stand, and whose they must at least be; the test harness looks at the same place.
postgresql_root=${BIANMIN_POSTGRESQL_ROOT:-/usr/lib/postgresql}
oldest_postgresql=15

say() { printf '%s\n' "$*" >&2; }

have_go() { command -v go >/dev/null; }

have_postgresql() {
  local initdb version
  for initdb in "$postgresql_root"/*/bin/initdb; do
    version=$(basename "$(dirname "$(dirname "$initdb")")")
    if [[ -x $initdb && ${version%%.*} =~ ^[0-9]+$ ]] && ((${version%%.*} >= oldest_postgresql)); then return 0; fi
  done
  return 1
}

have_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

# Any font that has the character 民 (U+6C11) will do.
have_fonts() { command -v fc-list >/dev/null && [[ -n $(fc-list ':charset=6c11' file) ]]; }

# They read the papers back as a citizen's program does.
have_poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }

have_strace() { command -v strace >/dev/null; }

package_of() {
  case $1 in
    postgresql) echo postgresql ;;
    chromium) echo chromium ;;
    fonts) echo fonts-noto-cjk fontconfig ;;
    poppler) echo poppler-utils ;;
    strace) echo strace ;;
  esac
}

dry_run=no
if [[ ${1:-} == --dry-run ]]; then
  dry_run=yes
  shift
fi

packages=()
for need in "$@"; do
  case $need in
    go)
      if ! have_go; then
        say "Go is not installed. Install Go 1.26 or newer (https://go.dev/doc/install), then try again."
        exit 1
      fi
      ;;
    postgresql | chromium | fonts | poppler | strace)
      # shellcheck disable=SC2207 # package names have no spaces
      "have_$need" || packages+=($(package_of "$need"))
      ;;
    *)
      say "need.sh does not know '$need'."
      exit 2
      ;;
  esac
done
if ((${#packages[@]} == 0)); then exit 0; fi

if ! command -v apt-get >/dev/null; then
  say "Missing: ${packages[*]} (Debian's names). This machine has no apt-get: install them its own way, then try again."
  exit 1
fi
as_root=()
if [[ $(id -u) != 0 ]]; then
  if ! command -v sudo >/dev/null; then
    say "Missing: ${packages[*]}. To install them, run as root: apt-get install ${packages[*]}"
    exit 1
  fi
  as_root=(sudo)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y)
update=("${apt[@]}" update)
install=("${apt[@]}" install --no-install-recommends "${packages[@]}")

if [[ $dry_run == yes ]]; then
  printf '%s\n' "${update[*]}" "${install[*]}"
  exit 0
fi

# apt tells a great deal; it is shown only when something went wrong.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    say "This did not work: $*"
    exit 1
  fi
  rm -f "$log"
}

say "Installing ${packages[*]} …"
# sudo may ask for a password: at the terminal, before the output is put aside.
if ((${#as_root[@]})); then sudo -v; fi
quietly "${update[@]}"
quietly "${install[@]}"
