#!/usr/bin/env bash
# Builds what ./kops runs. Says little unless it fails.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if ! mkdir -p "$top/artifacts" 2>/dev/null || [[ ! -w $top/artifacts ]]; then
    echo "Error: kops is built below $top/artifacts, which cannot be written; use a copy that you may write, or eng/publish.sh there" >&2
    exit 1
fi
. "$top/eng/dotnet.sh"

# Two first uses at once: the second waits, and finds everything built.
if command -v flock >/dev/null 2>&1; then
    exec 9>"$top/artifacts/build.lock"
    flock 9
fi
echo "Building kops (on first use, and when sources changed)..." >&2
started=$top/artifacts/kops.stamp.new
dirname "$(readlink -f "$(command -v dotnet)" 2>/dev/null || command -v dotnet)" >"$started"
log=$top/artifacts/build.log
if ! dotnet build "$top/src/Kops.Cli/Kops.Cli.csproj" -c Release -v q --nologo -p:UseSharedCompilation=false >"$log" 2>&1 9>&-; then
    cat "$log" >&2
    echo "Error: building kops failed; what the compiler said stands above and in $log" >&2
    exit 1
fi
mv "$started" "$top/artifacts/kops.stamp"
