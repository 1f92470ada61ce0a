#!/usr/bin/env bash
# Kubernetes' own client, for tests of kubeconfigs: prints KUBECTL, the program, then READY. See lib.sh for the contract.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need kubectl kubernetes-client
echo "KUBECTL=$(command -v kubectl)"
serve
