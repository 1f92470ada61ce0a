#!/usr/bin/env bash
# Packs the libraries and the program as a tool of .NET: eng/pack.sh [VERSION [DIRECTORY [PROPERTY=VALUE...]]]. Without them, or empty, they have
# the version that stands in Directory.Build.props, and lie in artifacts/packages, where samples/ looks for them.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
. "$top/eng/dotnet.sh"
version=${1:-$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$top/Directory.Build.props")}
out=${2:-$top/artifacts/packages}
properties=()
for property in "${@:3}"; do properties+=("-p:$property"); done
mkdir -p "$out"
rm -f "$out"/*.nupkg "$out"/*.snupkg
# What samples have restored before is of the same version, and not the same.
rm -rf "$top"/artifacts/samples/restored/kops.*
log=$top/artifacts/pack.log
# Packing builds what is not built yet, unless NoBuild=true says that all is: then nothing is to be restored either.
restore=-restore
case " ${properties[*]-} " in *NoBuild=true*) restore= ;; esac
dotnet msbuild "$top/eng/packages.proj" $restore -m -nologo -v:q -t:Pack -p:Configuration=Release -p:Version="$version" \
    -p:PackageOutputPath="$out" ${properties[@]+"${properties[@]}"} >"$log" 2>&1 || {
    cat "$log" >&2
    echo "Error: a library cannot be packed; what was said stands above" >&2
    exit 1
}
echo "$out"
