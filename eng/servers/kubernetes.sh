#!/usr/bin/env bash
# A Kubernetes API server on loopback for tests: kube-apiserver with RBAC over etcd, without controllers, scheduler and nodes.
# Prints K8S_SERVER, K8S_DIRECTORY (with ca.crt, ca.key, admin.crt and admin.key in it), K8S_ADMIN_TOKEN, K8S_VIEWER_TOKEN (a user without any
# rights at first), K8S_SA_KEY (signs tokens of service accounts, which is how tests make expired ones), then READY; runs until its
# standard input is closed. See lib.sh for the contract.
# No registry has the server's binary: it is built once, in about four minutes, from Debian's source package, and kept in
# ${XDG_CACHE_HOME:-~/.cache}/kops. A kube-apiserver in PATH, or named in KUBE_APISERVER, is used as it is.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=1.20.2
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kops
apiserver=${KUBE_APISERVER:-$(command -v kube-apiserver)}
[ -n "$apiserver" ] || apiserver=$cache/kube-apiserver-$version

need etcd etcd-server
need openssl openssl
need curl curl ca-certificates
workdir kubernetes

# build: the source of bookworm with the Go of bookworm; reflect2 of the package is older than that Go, so Debian's own stands in for it
build() {
    local work=$WORK/build mirror source=pool/main/k/kubernetes/kubernetes_1.20.5+really1.20.2.orig.tar.gz
    mirror=$(apt-get indextargets --format '$(SITE)' 'Codename: bookworm' 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || { echo "E: kube-apiserver is built with the packages of Debian 12, which this machine does not have" && return 1; }
    mkdir -p "$work/.go" && cd "$work" || return
    curl -fsS -o k.tgz "$mirror/$source" || return
    echo "b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc  k.tgz" | sha256sum -c --quiet || return
    tar xzf k.tgz && cd kubernetes-$version || return
    rm -rf vendor/github.com/modern-go/reflect2
    cp -rL /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/ || return
    mkdir -p .go/src/k8s.io && ln -s ../../.. .go/src/k8s.io/kubernetes
    printf "KUBE_GIT_COMMIT=''\nKUBE_GIT_TREE_STATE='archive'\nKUBE_GIT_VERSION='v%s'\nKUBE_GIT_MAJOR='1'\nKUBE_GIT_MINOR='20'\n" $version >"$work/version"
    KUBE_GIT_VERSION_FILE=$work/version HOME=$work CGO_ENABLED=0 GOPATH=$PWD/.go GOCACHE=$work/cache nice make WHAT=cmd/kube-apiserver || return
    # Nobody may find half of it.
    cp _output/bin/kube-apiserver "$apiserver.new" && mv "$apiserver.new" "$apiserver"
}

if [ ! -x "$apiserver" ]; then
    [ -z "${KUBE_APISERVER:-}" ] || skip "KUBE_APISERVER is $KUBE_APISERVER, which is no program"
    # The package's own path: another Go may come first in PATH, and cannot build this.
    need /usr/lib/go-1.19/bin/go golang-1.19-go
    need rsync rsync
    need make make
    need jq jq
    need gawk gawk
    need hexdump bsdextrautils
    need /usr/share/gocode/src/github.com/modern-go/reflect2 golang-github-modern-go-reflect2-dev
    mkdir -p "$cache"
    (
        flock 9
        [ -x "$apiserver" ] || PATH=/usr/lib/go-1.19/bin:$PATH build
    ) 9>"$cache/kube-apiserver.lock" >"$WORK/build.out" 2>&1 </dev/null
    [ -x "$apiserver" ] || skip "kube-apiserver cannot be built: $(grep -E '^(E|curl|make|.*rror)' "$WORK/build.out" | tail -n 1)"
    rm -rf "$WORK/build"
fi

port=$(free_port) client=$(free_port) peer=$(free_port)
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n') viewer=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
cd "$WORK" || fail "no directory to work in"
umask 077

# certificate NAME SUBJECT EXTENSIONS: makes NAME.crt and NAME.key
certificate() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" &&
        openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out "$1.crt" -extfile <(printf '%s\n' "${@:3}")
}
{
    openssl genrsa -out sa.key 2048 && openssl rsa -in sa.key -pubout -out sa.pub &&
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=kops-test-ca -days 30 &&
        certificate server /CN=kube-apiserver 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.test,DNS:api.internal.demo.example.com' extendedKeyUsage=serverAuth &&
        certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
} >setup.out 2>&1 || fail "certificates cannot be made" setup.out
printf '%s,admin,1,"system:masters"\n%s,viewer,2\n' "$token" "$viewer" >tokens.csv

spawn etcd.out etcd --data-dir "$WORK/etcd" --listen-client-urls "http://127.0.0.1:$client" --advertise-client-urls "http://127.0.0.1:$client" \
    --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
    --initial-cluster "default=http://127.0.0.1:$peer" --unsafe-no-fsync --quota-backend-bytes 8589934592
# No limit on requests at a time: the tests' own races would reach it.
spawn apiserver.out "$apiserver" --etcd-servers="http://127.0.0.1:$client" --bind-address=127.0.0.1 --secure-port="$port" --advertise-address=127.0.0.1 \
    --tls-cert-file=server.crt --tls-private-key-file=server.key --client-ca-file=ca.crt --token-auth-file=tokens.csv --authorization-mode=RBAC \
    --service-account-issuer=https://127.0.0.1 --service-account-key-file=sa.pub --service-account-signing-key-file=sa.key \
    --service-cluster-ip-range=10.9.0.0/24 --disable-admission-plugins=ServiceAccount \
    --max-requests-inflight=0 --max-mutating-requests-inflight=0 --enable-priority-and-fairness=false
ready() {
    [ "$(curl -s --noproxy '*' --cacert ca.crt -H "Authorization: Bearer $token" "https://127.0.0.1:$port/readyz")" = ok ]
}
await 60 ready || fail "kube-apiserver does not get ready" apiserver.out etcd.out

echo "K8S_SERVER=https://127.0.0.1:$port"
echo "K8S_DIRECTORY=$WORK"
echo "K8S_ADMIN_TOKEN=$token"
echo "K8S_VIEWER_TOKEN=$viewer"
echo "K8S_SA_KEY=$WORK/sa.key"
serve
