#!/usr/bin/env bash
# lab.sh engine|images FOLDER: a throw-away container engine out of Debian's packages, and images to stand in for the public ones, for
# machines that reach Debian's mirror and no image registry. Needs root on Debian. SUITE is where the engine's packages come from.
#
#   engine   unpacks Docker, Compose and buildx into FOLDER/engine; the program that asked starts dockerd
#   images   makes node:24-slim, nats:2.15.1 (and -alpine), postgres:18 and prom/prometheus in the engine of DOCKER_HOST
#
# The images hold the programs of Debian forky (the only suite with PostgreSQL 18 and NATS 2.15) and Node from node_modules. They are
# not the public images: other base, other entry points. What the service needs of those is in here, and no more.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lab=$2
suite=${SUITE:-forky}
export DEBIAN_FRONTEND=noninteractive

say() { printf 'lab: %s (%d s)\n' "$1" "$SECONDS"; }
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n 1; }

# Prints a configuration of apt for another suite; the machine's own sources stay as they are.
apt_of() {
  local d=$lab/apt-$1
  if [ ! -s "$d/conf" ]; then
    mkdir -p "$d"/lists/partial "$d"/cache/archives/partial
    # forky's index may be past its date; its signature is checked all the same.
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg check-valid-until=no] $(mirror) $1 main" > "$d/list"
    cat > "$d/conf" <<CONF
Dir::State::lists "$d/lists";
Dir::Cache "$d/cache";
Dir::Etc::sourcelist "$d/list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
CONF
    APT_CONFIG=$d/conf apt-get update -qq >&2
  fi
  echo "$d/conf"
}

# unpack SUITE FOLDER PACKAGE…: nothing is registered with dpkg.
unpack() {
  local conf fetched=$lab/fetched to=$2
  conf=$(apt_of "$1"); shift 2
  mkdir -p "$to" "$fetched"
  (cd "$fetched" && APT_CONFIG=$conf apt-get download -qq "$@")
  for deb in "$fetched"/*.deb; do dpkg-deb -x "$deb" "$to"; done
  rm -r "$fetched"
}

engine() {
  apt-get update -qq
  # The machine's own suite: forky's runc needs a newer libc.
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 runc iptables debootstrap >&2
  unpack "$suite" "$lab/engine" docker.io docker-cli containerd docker-compose docker-buildx
  mkdir -p "$lab/docker/cli-plugins"
  ln -sf "$lab"/engine/usr/libexec/docker/cli-plugins/* "$lab/docker/cli-plugins/"
  say "engine of $suite unpacked"
}

base_image() {
  debootstrap --variant=minbase forky "$lab/root" "$(mirror)" /usr/share/debootstrap/scripts/sid > "$lab/debootstrap.log" 2>&1
  tar -C "$lab/root" --exclude='./var/cache/apt/*.bin' --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' \
    --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -c . | docker import - debian:lab > /dev/null
  rm -rf "$lab/root"
  say 'base image'
}

nats_images() {
  unpack forky "$lab/nats" nats-server libc6 busybox-static
  cp "$here/nats.Dockerfile" "$lab/nats/Dockerfile"
  docker build -q --target bare -t nats:2.15.1 "$lab/nats" > /dev/null
  docker build -q -t nats:2.15.1-alpine "$lab/nats" > /dev/null
  say 'nats'
}

node_image() {
  mkdir -p "$lab/node"
  cp "$(npm root)/node-linux-$(node -p process.arch)/bin/node" "$here/node.Dockerfile" "$lab/node/"
  # What this machine trusts, so that npm works in a RUN step behind a proxy that signs anew. Never publish such an image.
  cp /etc/ssl/certs/ca-certificates.crt "$lab/node/"
  (cd "$lab/node" && npm pack -s npm@11 > /dev/null && mkdir npm && tar xzf npm-11*.tgz -C npm --strip-components=1)
  docker build -q -t node:24-slim -f "$lab/node/node.Dockerfile" "$lab/node" > /dev/null
  say 'node'
}

postgres_image() {
  docker build -q --network=host -t postgres:18 -f "$here/postgres.Dockerfile" "$here" > /dev/null
  say 'postgres'
}

prometheus_image() {
  unpack forky "$lab/prometheus" prometheus busybox-static
  docker build -q -t prom/prometheus:v3.5.0 -f "$here/prometheus.Dockerfile" "$lab/prometheus" > /dev/null
  say 'prometheus'
}

images() { base_image; nats_images; node_image; postgres_image; prometheus_image; }

"$1"
