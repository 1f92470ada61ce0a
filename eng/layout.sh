#!/usr/bin/env bash
# Checks that CSharpier would lay out the code as it is. Says nothing where all is well. What changed since then is looked at, or
# everything where the rules did.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$top" || exit 1
mkdir -p artifacts
. eng/dotnet.sh

well=artifacts/layout.stamp log=artifacts/layout.log
touch "$well.new"
since=()
[[ $well -nt .editorconfig && $well -nt .csharpierignore && $well -nt .config/dotnet-tools.json ]] && since=(-newer "$well")
changed=()
while IFS= read -r -d '' file; do changed+=("$file"); done < <(
    find src tests bench eng \( -name obj -o -name bin \) -prune -o -name '*.cs' ${since[@]+"${since[@]}"} -print0
)
[[ ${#changed[@]} -gt 0 ]] || exit 0
# Many at once are sooner done as a folder.
[[ ${#changed[@]} -le 200 ]] || changed=(.)
if ! dotnet tool restore >"$log" 2>&1; then
    echo "The layout of the code was not checked: CSharpier could not be restored ($log)."
    exit 0
fi
if ! dotnet csharpier check "${changed[@]}" >"$log" 2>&1; then
    head -40 "$log"
    echo "The layout differs from what CSharpier makes of it: 'dotnet csharpier format .' mends that."
    exit 1
fi
mv "$well.new" "$well"
