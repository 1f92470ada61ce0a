#!/usr/bin/env bash
# moto, an emulator of the APIs of AWS, on loopback for tests, with its data in memory.
# Prints AWS_ENDPOINT_URL, then READY; runs until its standard input is closed. Any access key is accepted. See lib.sh for the contract.
# Where moto_server is not on the path, it is installed once with pip, in ${XDG_CACHE_HOME:-~/.cache}/kops.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=5.2.1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops
home=$cache/moto-$version
server=$(command -v moto_server || echo "$home/bin/moto_server")

workdir moto

install() {
    command -v python3 >/dev/null || return
    mkdir -p "$cache"
    # Nobody may take half of it for the whole.
    (
        flock 9
        [ -e "$home/done" ] && exit 0
        rm -rf "$home"
        python3 -m venv "$home" && "$home/bin/pip" install --quiet --disable-pip-version-check "moto[ec2,server]==$version" && touch "$home/done"
    ) 9>"$cache/moto.lock" >"$WORK/install.out" 2>&1 </dev/null
}
[ "$server" != "$home/bin/moto_server" ] || [ -e "$home/done" ] || install ||
    skip "moto $version cannot be installed with pip: $(tail -n 1 "$WORK/install.out" 2>/dev/null || echo 'there is no python3')"

if [ "${MOTO_SIGNATURES:-}" = unchecked ]; then
    printf '%s\n' 'try:' '    from moto.iam import access_control' '    access_control.IAMRequestBase.check_signature = lambda self: None' \
        'except ImportError:' '    pass' >"$WORK/sitecustomize.py"
    export PYTHONPATH=$WORK
fi

port=$(free_port)
spawn "$WORK/moto.out" "$server" -H 127.0.0.1 -p "$port"
await 90 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || fail "moto does not answer" "$WORK/moto.out"

echo "AWS_ENDPOINT_URL=http://127.0.0.1:$port"
serve
