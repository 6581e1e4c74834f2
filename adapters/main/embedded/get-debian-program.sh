#!/bin/sh
# get-debian-program.sh PACKAGE PROGRAM DEST SUITE...: unpacks a program (its path inside the package) of the distribution to DEST, from the
# first suite that has it, with the machine's own mirror and keyring, without root and without touching the system's package state.
set -eu
package=$1; program=$2; dest=$3; shift 3; suites=$*
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n1)
[ -n "$mirror" ] || { echo 'no Debian mirror is configured' >&2; exit 1; }
keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* | head -n1)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for suite in $suites; do
  s=$work/$suite; mkdir -p "$s/lists/partial" "$s/cache/archives/partial" "$s/deb"
  echo "deb [signed-by=$keyring] $mirror $suite main" > "$s/sources.list"
  set -- -qq -o Dir::Etc::sourcelist="$s/sources.list" -o Dir::Etc::sourceparts=/nonexistent -o Dir::State::lists="$s/lists" \
    -o Dir::Cache="$s/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none -o Debug::NoLocking=1
  if apt-get "$@" update && (cd "$s/deb" && apt-get "$@" download "$package"); then
    dpkg -x "$s"/deb/"$package"_*.deb "$s/root"; mkdir -p "$(dirname "$dest")"
    install -m 755 "$s/root/$program" "$dest.part"; mv "$dest.part" "$dest"; "$dest" --version; exit 0
  fi
done
exit 1
