#!/usr/bin/env bash
# Azurite, Microsoft's emulator of Azure Blob Storage, on loopback for tests, with its data in memory.
# Prints AZURE_ENDPOINT (of the account), AZURE_ACCOUNT and AZURE_KEY, then READY; runs until its standard input is closed. See lib.sh
# for the contract. It is installed once, in ${XDG_CACHE_HOME:-~/.cache}/kops.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=3.37.0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops
home=$cache/azurite-$version
main=$home/node_modules/azurite/dist/src/blob/main.js

need node nodejs npm
workdir azurite

install() {
    command -v npm >/dev/null || { need npm npm || return; }
    mkdir -p "$cache"
    # Nobody may find half of it: it is put in its place when it is whole.
    (
        flock 9
        [ -e "$main" ] && exit 0
        rm -rf "$home.new" "$home"
        npm install --prefix "$home.new" --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error "azurite@$version" &&
            mv "$home.new" "$home"
    ) 9>"$cache/azurite.lock" >"$WORK/install.out" 2>&1 </dev/null
}
[ -e "$main" ] || install || skip "azurite@$version cannot be installed with npm: $(grep -m 1 -iE 'err' "$WORK/install.out")"

account=kopstest key=$(head -c 64 /dev/urandom | base64 -w 0) port=$(free_port)
AZURITE_ACCOUNTS="$account:$key" NODE_OPTIONS=--no-deprecation spawn "$WORK/azurite.out" node "$main" \
    --blobHost 127.0.0.1 --blobPort "$port" --inMemoryPersistence --skipApiVersionCheck --silent --disableTelemetry
await 60 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || fail "Azurite does not answer" "$WORK/azurite.out"

echo "AZURE_ENDPOINT=http://127.0.0.1:$port/$account"
echo "AZURE_ACCOUNT=$account"
echo "AZURE_KEY=$key"
serve
