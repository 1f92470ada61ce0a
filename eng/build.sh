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
echo "Building kops, since this is its first use or sources changed: a minute or two, with 150 MB of packages the first time..." >&2
started=$top/artifacts/kops.stamp.new
# Where .NET is, .NET says: the command on the PATH may be a script that finds it.
dotnet --list-runtimes | sed -n 's|^Microsoft\.NETCore\.App 10\..*\[\(.*\)/shared/Microsoft\.NETCore\.App\]$|\1|p' | tail -n 1 >"$started"
# What editors show of packages is not needed to run the program, and is a third of them.
export NUGET_XMLDOC_MODE=skip
log=$top/artifacts/build.log
# One compiler for all projects, which is half of the time, and it does not stay behind.
compiler=kops-use-$$
stop() {
    local server
    server=$(dotnet msbuild "$top/src/Kops.Cli/Kops.Cli.csproj" -getProperty:RoslynTargetsPath)/bincore/VBCSCompiler.dll
    [[ ! -f $server ]] || dotnet "$server" -shutdown -pipename:"$compiler" >/dev/null 2>&1 9>&-
}
trap stop EXIT
if ! dotnet build "$top/src/Kops.Cli/Kops.Cli.csproj" -c Release -v q --nologo -p:KopsUse=true \
    -p:UseSharedCompilation=true -p:SharedCompilationId=$compiler >"$log" 2>&1 9>&-; then
    cat "$log" >&2
    echo "Error: building kops failed; what the compiler said stands above and in $log" >&2
    exit 1
fi
mv "$started" "$top/artifacts/kops.stamp"
