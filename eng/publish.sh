#!/usr/bin/env bash
# Publishes kops as one native binary that needs no .NET: eng/publish.sh [RID], into artifacts/publish/RID/kops.
# KOPS_VERSION names another version than that of the sources. Needs gcc and the C library's headers (Debian: gcc libc6-dev). Does nothing when sources did not change since the last time.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
mkdir -p "$top/artifacts"
. "$top/eng/dotnet.sh"
machine=$(uname -m)
case $machine in x86_64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; esac
case $(uname -s) in Darwin) system=osx ;; *) system=linux ;; esac
rid=${1:-$system-$machine}
output=$top/artifacts/publish${KOPS_VERSION:+-$KOPS_VERSION}/$rid
stamp=$output.stamp

if [[ -x $output/kops && -f $stamp && -z $(find "$top/src" "$top/eng/Kops.Api.Generator" "$top"/Directory.*.props "$top/global.json" \
    -newer "$stamp" ! -name packages.lock.json ! -name '.*' -print -quit) ]]; then
    echo "$output/kops"
    exit 0
fi
command -v gcc >/dev/null 2>&1 || command -v clang >/dev/null 2>&1 || {
    echo "Error: a native binary needs a C compiler as its linker (Debian: apt-get install gcc libc6-dev)" >&2
    exit 1
}
compiler=$(command -v clang || command -v gcc)
mkdir -p "$output"
touch "$stamp.new"
# A publish that was stopped may say that it succeeded: what an earlier one left must not pass for its work.
rm -f "$top/artifacts/native/$rid/kops"
log=$top/artifacts/publish.log
if ! dotnet publish "$top/src/Kops.Cli/Kops.Cli.csproj" -c Release -r "$rid" -o "$top/artifacts/native/$rid" -v q --nologo \
    -p:KopsNative=true -p:ContinuousIntegrationBuild=true ${KOPS_VERSION:+-p:Version=$KOPS_VERSION} -p:CppCompilerAndLinker="$compiler" -p:ArtifactsPath="$top/artifacts/native" >"$log" 2>&1 || [[ ! -x $top/artifacts/native/$rid/kops ]]; then
    cat "$log" >&2
    echo "Error: publishing failed; what was said stands above and in $log" >&2
    exit 1
fi
# The program alone: debug symbols stay where they were made.
cp "$top/artifacts/native/$rid/kops" "$output/kops"
mv "$stamp.new" "$stamp"
echo "$output/kops"
