#!/usr/bin/env bash
# Checks the OSS server of the tests with an independent client: Alibaba Cloud's own, for Node.
# oss-client.sh ENDPOINT REGION ID SECRET BUCKET VERSIONED_BUCKET: prints OK, or what went wrong. Exits with 77 and the reason where
# this machine cannot run it.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib.sh"
. "$here/npm.sh"

npm_package ali-oss 6.23.0 ali-oss
exec node "$here/oss-client/check.js" "$@"
