#!/bin/sh
# get-pgbouncer.sh FOLDER: unpacks the distribution's pgbouncer and the libraries that are its own to FOLDER, with the machine's
# mirror and keyring, of the machine's own suite (it links to the C library), without touching the system's package state.
set -eu
dest=$1
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n1)
[ -n "$mirror" ] || { echo 'no Debian mirror is configured' >&2; exit 1; }
keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* | head -n1)
suite=$(. /etc/os-release; echo "$VERSION_CODENAME")
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/deb" "$work/root"
echo "deb [signed-by=$keyring] $mirror $suite main" > "$work/sources.list"
set -- -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/nonexistent -o Dir::State::lists="$work/lists" \
  -o Dir::Cache="$work/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none -o Debug::NoLocking=1
apt-get -qq "$@" update
libraries=$(apt-cache "$@" depends pgbouncer | sed -n 's/^ *Depends: \(libevent[^ ]*\|libc-\{0,1\}ares[^ ]*\)$/\1/p' | sort -u)
(cd "$work/deb" && apt-get -qq "$@" download pgbouncer $libraries)
for deb in "$work"/deb/*.deb; do dpkg -x "$deb" "$work/root"; done
mkdir -p "$(dirname "$dest")"; part=$(mktemp -d "$dest.XXXXXX"); chmod 755 "$part"
cp "$work/root/usr/sbin/pgbouncer" "$part/"
find "$work/root/usr/lib" "$work/root/lib" -name '*.so*' -exec cp -P {} "$part/" \; 2>/dev/null || true
mv -T "$part" "$dest" 2>/dev/null || rm -rf "$part"
[ -x "$dest/pgbouncer" ]
