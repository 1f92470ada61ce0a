#!/usr/bin/env bash
# Checks the OSS server of the tests with an independent client: Alibaba Cloud's own, for Node.
# oss-client.sh ENDPOINT REGION ID SECRET BUCKET VERSIONED_BUCKET: prints OK, or what went wrong. Exits with 77 and the reason where this machine cannot run it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=6.23.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
command -v node >/dev/null || skip "node is not installed, so the server is not checked with an independent client"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops-test/ali-oss-$version
if [ ! -e "$cache/complete" ]; then
    command -v npm >/dev/null || skip "npm is not installed, so ali-oss cannot be had"
    mkdir -p "$cache"
    (
        flock 9
        [ -e "$cache/complete" ] && exit 0
        npm install --prefix "$cache" --ignore-scripts --omit=optional --no-audit --no-fund --no-save "ali-oss@$version" >"$cache/npm.log" 2>&1 </dev/null &&
            touch "$cache/complete"
    ) 9>"$cache/lock"
    [ -e "$cache/complete" ] || skip "npm cannot install ali-oss: $(grep -m 1 -E 'npm (ERR|error)' "$cache/npm.log")"
fi
# No proxy stands between this machine and itself.
export NODE_PATH=$cache/node_modules NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
exec node "$here/oss-client/check.js" "$@"
