#!/usr/bin/env bash
# Names the slowest tests of the last ./test, and the classes that took longest: eng/slowest.sh [HOW MANY].
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
count=${1:-20}
times() {
    grep -ohE 'testName="[^"]*"|duration="[0-9:.]*"' "$top"/artifacts/test-results/*.trx | paste - - |
        sed -E 's/testName="([^"]*)"\tduration="([0-9]+):([0-9]+):([0-9.]+)"/\2 \3 \4 \1/' |
        awk '{ s = $1 * 3600 + $2 * 60 + $3; $1 = $2 = $3 = ""; sub(/^ +/, ""); printf "%.1f\t%s\n", s, $0 }'
}
echo "Seconds, test:"
times | sort -rn | head -n "$count"
echo "Seconds, class:"
times | sed -E 's/\(.*//; s/\.[^.]*$//' | awk -F'\t' '{ sum[$2] += $1 } END { for (c in sum) printf "%.1f\t%s\n", sum[c], c }' | sort -rn | head -n "$count"
