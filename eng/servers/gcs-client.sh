#!/usr/bin/env bash
# Checks the Cloud Storage server of the tests with an independent client: Google's own, for Node.
# gcs-client.sh ENDPOINT KEY_FILE: prints OK, or what went wrong. Exits with 77 and the reason where this machine cannot run it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=8.4.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
command -v node >/dev/null || skip "node is not installed, so the server is not checked with an independent client"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops-test/google-cloud-storage-$version
if [ ! -e "$cache/complete" ]; then
    command -v npm >/dev/null || skip "npm is not installed, so @google-cloud/storage cannot be had"
    mkdir -p "$cache"
    (
        flock 9
        [ -e "$cache/complete" ] && exit 0
        npm install --prefix "$cache" --ignore-scripts --omit=optional --no-audit --no-fund --no-save "@google-cloud/storage@$version" >"$cache/npm.log" 2>&1 </dev/null &&
            touch "$cache/complete"
    ) 9>"$cache/lock"
    [ -e "$cache/complete" ] || skip "npm cannot install @google-cloud/storage: $(grep -m 1 -E 'npm (ERR|error)' "$cache/npm.log")"
fi
# No proxy stands between this machine and itself.
export NODE_PATH=$cache/node_modules NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
exec node "$here/gcs-client/check.js" "$@"
