#!/usr/bin/env bash
# moto as moto.sh starts it, for tests of policies: once its check of IAM is switched on (POST 0 to /moto-api/reset-auth), each action
# is looked up in the policies of whoever's access key it carries. Signatures are not checked, since moto makes the canonical form of queries
# otherwise than AWS does. See lib.sh for the contract.
MOTO_SIGNATURES=unchecked
. "$(dirname "${BASH_SOURCE[0]}")/moto.sh"
