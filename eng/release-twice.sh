#!/usr/bin/env bash
# Shows that the same sources give the same bytes: eng/release-twice.sh VERSION makes a release from two clones in directories of different
# names, and compares all files. Takes some ten minutes; needs what eng/release.sh needs.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
version=${1:?Usage: eng/release-twice.sh VERSION, such as 0.2.0}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for clone in one another/directory; do
    git clone -q "$top" "$work/$clone"
    "$work/$clone/eng/release.sh" "$version" >/dev/null
    (cd "$work/$clone/artifacts/release/$version" && sha256sum -- *) >"$work/$(basename "$clone").sums"
done
diff "$work/one.sums" "$work/directory.sums" || {
    echo "Error: two builds of version $version differ" >&2
    exit 1
}
echo "$(wc -l <"$work/one.sums") files, the same bytes twice"
