# Helpers for the scripts that start real servers for tests. Source it; do not run it.
#
# The contract of such a script: it installs what it needs, starts its server on loopback with its data in a new directory, prints
# NAME=VALUE lines and then READY on stdout, and runs until its standard input is closed (so it cannot outlive the tests that
# started it). Then it stops everything and removes the data. Where it cannot run, it says why on stderr and exits with 77.
set -u

readonly SKIPPED=77
PIDS=()
WORK=

# skip REASON: this machine cannot run the server
skip() {
    echo "$*" >&2
    exit $SKIPPED
}

# fail REASON [LOG...]: it should have run, and did not
fail() {
    echo "$1" >&2
    shift
    [ $# -eq 0 ] || tail -n 20 -- "$@" >&2
    exit 1
}

# have NAME: whether there is a command of that name, or a file or directory at that path
have() {
    case $1 in
        /*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# need NAME PACKAGE...: installs the Debian packages where the command (or, with an absolute path, the file) is missing
need() {
    local command=$1 log
    shift
    have "$command" && return
    command -v apt-get >/dev/null || skip "$command is not installed, and there is no apt-get to install $* with"
    [ "$(id -u)" = 0 ] || skip "$command is not installed, and only root can install it: apt-get install --no-install-recommends $*"
    log=$(mktemp)
    # Two test projects may want to install at the same time. No service may start by being installed. What is installed for tests
    # need not survive a power cut, and dpkg is several times faster without its syncs.
    (
        flock 9
        have "$command" && exit 0
        local policy=/usr/sbin/policy-rc.d
        if [ ! -e $policy ]; then
            printf '#!/bin/sh\nexit 101\n' >$policy
            chmod 755 $policy
            trap 'rm -f $policy' EXIT
        fi
        export DEBIAN_FRONTEND=noninteractive
        install() { apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io -o Dpkg::Use-Pty=0 "$@"; }
        install "$@" || { apt-get update -q && install "$@"; }
    ) 9>/var/lock/kops-test-servers.lock >"$log" 2>&1 </dev/null
    if ! have "$command"; then
        local reason
        reason=$(grep -E '^(E|W|Err)' "$log" | tail -n 1)
        rm -f "$log"
        skip "cannot install $*: ${reason:-see apt-get}"
    fi
    rm -f "$log"
}

# workdir NAME: makes $WORK, which goes away with the script
workdir() {
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/kops-$1.XXXXXX")
    trap shutdown EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    trap 'exit 129' HUP
}

# spawn LOG COMMAND...: starts a server that is stopped with the script
spawn() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 </dev/null &
    PIDS+=($!)
}

shutdown() {
    local code=$? pid i
    trap - EXIT TERM INT HUP
    for ((i = ${#PIDS[@]} - 1; i >= 0; i--)); do kill "${PIDS[i]}" 2>/dev/null; done
    for ((i = 0; i < 30; i++)); do
        local alive=0
        for pid in ${PIDS[@]+"${PIDS[@]}"}; do kill -0 "$pid" 2>/dev/null && alive=1; done
        [ $alive = 0 ] && break
        sleep 0.1
    done
    for pid in ${PIDS[@]+"${PIDS[@]}"}; do kill -9 "$pid" 2>/dev/null; done
    wait 2>/dev/null
    [ -z "$WORK" ] || rm -rf -- "$WORK"
    exit $code
}

# free_port: prints a port of 127.0.0.1 on which nothing listens, outside the range that the kernel hands to clients
free_port() {
    local port tries
    for ((tries = 0; tries < 200; tries++)); do
        port=$((10000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo $port; return; }
    done
    return 1
}

# await SECONDS COMMAND...: runs the command until it succeeds
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# serve: says that the server is ready, and holds it until standard input is closed
serve() {
    echo READY
    while read -r _; do :; done
}
