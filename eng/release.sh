#!/usr/bin/env bash
# Makes all that a release has, from the clone alone: eng/release.sh VERSION, into artifacts/release/VERSION. The same sources give the same
# bytes. On Linux: the native program in a .tar.gz, a .deb and a container image; on every system: NuGet packages of the libraries, the
# program as a tool of .NET, a bill of materials, SHA256SUMS. Needs what eng/publish.sh needs.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
[[ ${1:-} =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || {
    echo "Usage: eng/release.sh VERSION, such as 0.2.0 or 0.2.0-rc.1" >&2
    exit 2
}
version=$1
. "$top/eng/dotnet.sh"
export KOPS_TOP=$top
# The time of everything in it: that of the last commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || echo 315532800)}
out=$top/artifacts/release/$version
packages=$top/artifacts/release/packages
rm -rf "$out" "$packages"
mkdir -p "$out" "$packages"

echo "Compiling the native program (three minutes)..."
program=$(KOPS_VERSION=$version "$top/eng/publish.sh")
rid=$(basename "$(dirname "$program")")

echo "Packing the libraries and the tool (two minutes)..."
"$top/eng/pack.sh" "$version" "$packages" ContinuousIntegrationBuild=true >/dev/null
echo "Putting it together..."
dotnet run --project "$top/eng/Kops.Release" -c Release -v q -- "$version" "$rid" "$program" "$packages" "$out"
echo "$out"
