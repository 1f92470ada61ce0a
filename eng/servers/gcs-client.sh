#!/usr/bin/env bash
# Checks the Cloud Storage server of the tests with an independent client: Google's own, for Node.
# gcs-client.sh ENDPOINT KEY_FILE: prints OK, or what went wrong. Exits with 77 and the reason where this machine cannot run it.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib.sh"
. "$here/npm.sh"

npm_package @google-cloud/storage 8.4.0 google-cloud-storage
exec node "$here/gcs-client/check.js" "$@"
