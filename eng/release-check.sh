#!/usr/bin/env bash
# Installs and uses what eng/release.sh made, as the people who download it do: eng/release-check.sh VERSION. Each part in a root or a
# directory of its own; root rights are needed for those that change the root.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
version=${1:?Usage: eng/release-check.sh VERSION}
. "$top/eng/dotnet.sh"
out=$top/artifacts/release/$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "Error: $*" >&2
    exit 1
}
# What every system and container has, and chance comes from.
devices() { mkdir -p "$1/dev" && mknod -m 666 "$1/dev/urandom" c 1 9 && mknod -m 666 "$1/dev/null" c 1 3; }
said() { [[ $1 == "Client version: $version "* ]] || fail "$2 says '$1'"; }

(cd "$out" && sha256sum --quiet --check SHA256SUMS) || fail "SHA256SUMS does not fit"
echo "SHA256SUMS: fits"

archive=$(echo "$out"/kops-"$version"-linux-*.tar.gz)
mkdir "$work/archive"
tar -xzf "$archive" -C "$work/archive" --strip-components=1
said "$("$work/archive/kops" version)" "the program of $(basename "$archive")"
bash -n "$work/archive/completions/kops.bash" || fail "the completion for bash is none"
! command -v man >/dev/null 2>&1 || man -l "$work/archive/man/man1/kops-get-clusters.1" | grep -q 'KOPS-GET-CLUSTERS' || fail "a manual page is none"
echo ".tar.gz: $(ls "$work/archive/man/man1" | wc -l) manual pages, $(ls "$work/archive/completions" | wc -l) completions, runs"

if [[ $(id -u) == 0 ]] && command -v dpkg >/dev/null 2>&1; then
    root=$work/root
    mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info" "$root/tmp"
    touch "$root/var/lib/dpkg/status" "$root/var/lib/dpkg/available"
    # The root is empty: what the package needs is brought along, not installed.
    dpkg --root="$root" --force-depends --force-not-root --log=/dev/null -i "$out"/kops_*.deb >"$work/dpkg.log" 2>&1 || {
        cat "$work/dpkg.log" >&2
        fail "the .deb cannot be installed"
    }
    devices "$root"
    for library in $(ldd "$root/usr/bin/kops" | grep -o '/[^ ]*\.so[.0-9]*'); do
        install -D "$library" "$root$library"
    done
    said "$(chroot "$root" /usr/bin/kops version)" "the program of the .deb"
    chroot "$root" /usr/bin/kops create cluster demo.example.com --cloud aws --zones us-east-1a --state file:///tmp/state >/dev/null || fail "no cluster"
    [[ $(chroot "$root" /usr/bin/kops get clusters --state file:///tmp/state) == *demo.example.com* ]] || fail "the cluster is not there"
    dpkg --root="$root" --force-not-root --log=/dev/null --purge kops-cs >/dev/null 2>&1 && [[ ! -e $root/usr/bin/kops ]] || fail "it stays"
    echo ".deb: installs, runs, is removed"

    image=$work/image
    mkdir -p "$image/unpacked" "$image/root"
    tar -xf "$out"/kops-"$version"-linux-*.oci.tar -C "$image/unpacked"
    layer=$(grep -o '"Layers":\["[^"]*' "$image/unpacked/manifest.json" | sed 's/.*"//')
    tar -xzf "$image/unpacked/$layer" -C "$image/root"
    chmod 1777 "$image/root/tmp"
    devices "$image/root"
    said "$(chroot --userspec=65532:65532 "$image/root" /usr/bin/kops version)" "the program of the image"
    chroot --userspec=65532:65532 "$image/root" /usr/bin/kops create cluster demo.example.com --cloud aws --zones us-east-1a --state file:///tmp/s \
        >/dev/null || fail "the image makes no cluster"
    if docker info >/dev/null 2>&1; then
        docker load -q -i "$(echo "$out"/kops-"$version"-linux-*.oci.tar)" >/dev/null && said "$(docker run --rm "kops:$version" version)" "the container"
        echo "image: docker loads and runs it"
    else
        echo "image: runs as a user without rights in a root of its own (no docker here that would load it)"
    fi
fi

export DOTNET_CLI_HOME=$work/home NUGET_PACKAGES=$work/packages
mkdir -p "$work/home" "$work/app"
dotnet tool install kops --tool-path "$work/tool" --version "$version" --add-source "$out" >"$work/tool.log" 2>&1 || {
    cat "$work/tool.log" >&2
    fail "the tool cannot be installed"
}
said "$("$work/tool/kops" version)" "the tool"
echo "tool of .NET: installs, runs"

cat >"$work/app/app.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Kops.Vfs.S3" Version="$version" />
    <PackageReference Include="Kops.StateStore" Version="$version" />
  </ItemGroup>
</Project>
PROJECT
cat >"$work/app/app.cs" <<'PROGRAM'
using Kops.Vfs;
using Kops.Vfs.Memory;

var path = new Store("memfs://m", new MemoryStoreDriver(TimeProvider.System)).Root.Join("a/b");
var first = await path.WriteTextAsync("1", WriteCondition.IfAbsent);
var again = await path.WriteTextAsync("2", WriteCondition.IfAbsent);
Console.WriteLine($"{first.Succeeded} {again.Succeeded} {await path.ReadTextAsync()}");
PROGRAM
dotnet run --project "$work/app/app.csproj" --no-cache --property:RestoreAdditionalProjectSources="$out" >"$work/app.log" 2>&1 || {
    cat "$work/app.log" >&2
    fail "a program cannot use the packages"
}
[[ $(tail -1 "$work/app.log") == "True False 1" ]] || fail "a program that uses the packages says '$(tail -1 "$work/app.log")'"
echo "packages: a program that references them is built and runs"
