#!/usr/bin/env bash
# Reads Terraform's files with HashiCorp's own parser.
#   eng/hcl/parse.sh < LIST     LIST has a file on each line; beside each that can be read lies what it says, as FILE.json
# Prints a line for each file that cannot be read, and exits with 1. Where the parser cannot run it says why on stderr and exits with 77.
# It is installed once, in ${XDG_CACHE_HOME:-~/.cache}/kops.
. "$(dirname "${BASH_SOURCE[0]}")/../servers/lib.sh"

package=@cdktf/hcl2json version=0.21.0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops
home=$cache/hcl2json-$version

have node || skip "node is not installed, so HashiCorp's parser cannot run"
if [ ! -d "$home" ]; then
    have npm || skip "npm is not installed, so HashiCorp's parser cannot be installed"
    mkdir -p "$cache"
    log=$(mktemp)
    # Nobody may find half of it: it is put in its place when it is whole.
    (
        flock 9
        [ -d "$home" ] && exit 0
        rm -rf "$home.new"
        npm install --prefix "$home.new" --ignore-scripts --no-audit --no-fund --loglevel=error "$package@$version" && mv "$home.new" "$home"
    ) 9>"$cache/hcl2json.lock" >"$log" 2>&1 </dev/null
    [ -d "$home" ] || skip "$package@$version cannot be installed with npm: $(grep -m 1 -iE 'err' "$log")"
    rm -f "$log"
fi
NODE_PATH=$home/node_modules exec node "$(dirname "${BASH_SOURCE[0]}")/parse.js"
