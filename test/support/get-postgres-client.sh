#!/bin/sh
# get-postgres-client.sh FOLDER: unpacks pg_dump, pg_basebackup and the like of PostgreSQL 18, with every library they need, the C library too, to
# FOLDER, from Debian forky by the machine's own mirror and keyring, without touching the system's package state. So they run on older
# machines too.
set -eu
dest=$1
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n1)
[ -n "$mirror" ] || { echo 'no Debian mirror is configured' >&2; exit 1; }
keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* | head -n1)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/deb" "$work/root"
echo "deb [signed-by=$keyring] $mirror forky main" > "$work/sources.list"
set -- -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/nonexistent -o Dir::State::lists="$work/lists" \
  -o Dir::Cache="$work/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none -o Debug::NoLocking=1
apt-get -qq "$@" update
packages=$(apt-cache "$@" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
  postgresql-client-18 | grep -E '^(postgresql-client-18|lib[a-z0-9.+-]+|zlib1g)$' | grep -Ev 'perl|^lib(pam|db|gdbm|crypt1|selinux|audit|cap)' | sort -u)
(cd "$work/deb" && apt-get -qq "$@" download $packages)
for deb in "$work"/deb/*.deb; do dpkg -x "$deb" "$work/root"; done
mkdir -p "$(dirname "$dest")"; part=$(mktemp -d "$dest.XXXXXX"); chmod 755 "$part"; mkdir "$part/lib" "$part/bin"
find "$work/root" -name '*.so*' -type f ! -path '*/gconv/*' -exec cp {} "$part/lib/" \;
find "$work/root" -name '*.so*' -type l -exec cp -Pn {} "$part/lib/" \;
loader=$(basename "$(ls "$part"/lib/ld-linux-* | head -n1)")
# each is called under the name of its script: pg_dumpall looks for pg_dump beside itself
for program in pg_dump pg_dumpall pg_restore pg_basebackup psql; do
  cp "$work/root/usr/lib/postgresql/18/bin/$program" "$part/bin/"
  printf '#!/bin/sh\nhere=$(cd "$(dirname "$0")" && pwd)\nexec "$here/lib/%s" --argv0 "$here/%s" --library-path "$here/lib" "$here/bin/%s" "$@"\n' \
    "$loader" "$program" "$program" > "$part/$program"
  chmod 755 "$part/$program"
done
mv -T "$part" "$dest" 2>/dev/null || rm -rf "$part"
"$dest/pg_dump" --version
