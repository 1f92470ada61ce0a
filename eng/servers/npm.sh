# Sourced after lib.sh: installs a package of npm into the cache, once for all tests.

# npm_package NAME VERSION FOLDER: scripts that node runs from now on find the package; exits with 77 where it cannot be had.
npm_package() {
    local name=$1 version=$2 cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops-test/$3-$2
    command -v node >/dev/null || skip "node is not installed, so the server is not checked with an independent client"
    if [ ! -e "$cache/complete" ]; then
        command -v npm >/dev/null || skip "npm is not installed, so $name cannot be had"
        mkdir -p "$cache"
        (
            flock 9
            [ -e "$cache/complete" ] && exit 0
            npm install --prefix "$cache" --ignore-scripts --omit=optional --no-audit --no-fund --no-save \
                "$name@$version" >"$cache/npm.log" 2>&1 </dev/null && touch "$cache/complete"
        ) 9>"$cache/lock"
        [ -e "$cache/complete" ] || skip "npm cannot install $name: $(grep -m 1 -E 'npm (ERR|error)' "$cache/npm.log")"
    fi
    # No proxy stands between this machine and itself.
    export NODE_PATH=$cache/node_modules NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
}
