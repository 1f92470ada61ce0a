#!/usr/bin/env bash
# Writes the table of hashes of what machines download, from the hash files that kOps' source has.
#   eng/asset-hashes.sh [FOLDER]      FOLDER: of files with filestores and files (default: assets/hashes in KOPS_SHARED, ../shared)
# Of each file only what a machine with Linux may be told to download is kept. A line is an address that the names below it lie under,
# or a name and its SHA-256.
set -euo pipefail
export LC_ALL=C
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
folder=${1:-${KOPS_SHARED:-$top/../shared}/assets/hashes}
table=$top/src/Kops.Build/Assets/asset-hashes.txt
[[ -d $folder ]] || { echo "There is no folder $folder: name kOps' folder of hash files." >&2; exit 1; }

awk '
    $1 == "-" && $2 == "base:" { base = $3 }
    $1 == "-" && $2 == "name:" { name = $3 }
    $1 == "sha256:" && $2 ~ /^[0-9a-f]+$/ && length($2) == 64 && wanted(name) { print base, name, $2 }
    function wanted(name) {
        if (base ~ /^https:\/\/dl\.k8s\.io\//) return name ~ /\/linux\/(amd64|arm64)\/(kubelet|kubectl)$/
        return name ~ /linux[-\/](amd64|arm64)/ || name ~ /\/runc\.(amd64|arm64)$/
    }' "$folder"/*.yaml | sort -u | awk '$1 != base { base = $1; print base } { print $2, $3 }' >"$table"
echo "$(grep -c ' ' "$table") hashes in ${table#"$top"/}"
