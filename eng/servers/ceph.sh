#!/usr/bin/env bash
# Ceph's S3 gateway on loopback for tests: one monitor, one object store in memory, one radosgw.
# Prints S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and those of a second user without any rights (OTHER_*), the same server's
# address with TLS (S3_TLS_ENDPOINT) and the certificate to trust there (S3_CA_FILE), then READY;
# runs until its standard input is closed. See lib.sh for the contract.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need radosgw ceph-mon ceph-osd radosgw ceph-common
need curl curl
need openssl openssl
workdir ceph
mon=127.0.0.1:$(free_port) port=$(free_port) tls=$(free_port)
key=kopstest secret=$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')
other_key=kopsother other_secret=$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')
mkdir "$WORK"/{mon,osd,run,rgw}
export CEPH_CONF=$WORK/ceph.conf

# cephx is on because radosgw wants it. One placement group a pool and no delays in the monitor make it start within seconds; the
# object name limits are those of an object store on a plain file system.
cat >"$CEPH_CONF" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:$mon/0]
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
mon data = $WORK/mon
osd data = $WORK/osd
rgw data = $WORK/rgw
run dir = $WORK/run
admin socket = $WORK/run/\$name.asok
log file = $WORK/\$name.log
keyring = $WORK/keyring
osd objectstore = memstore
memstore device bytes = 4294967296
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 2000
mon data avail crit = 1
mon data avail warn = 2
osd max object name len = 1200
osd max object namespace len = 64
osd op num shards = 1
osd memory target = 939524096
ms bind msgr1 = false
paxos propose interval = 0.02
paxos min wait = 0.01
osd pg stat report interval max = 1
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port ssl_endpoint=127.0.0.1:$tls ssl_certificate=$WORK/tls.pem
rgw enable usage log = false
rgw enable ops log = false
rgw thread pool size = 64
rgw bucket index max aio = 4
rgw override bucket index max shards = 1
rgw dynamic resharding = false
rgw crypt require ssl = false
CONF

{
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
        -keyout "$WORK/tls.key" -out "$WORK/tls.crt" && cat "$WORK/tls.key" "$WORK/tls.crt" >"$WORK/tls.pem"
} >"$WORK/setup.out" 2>&1 || fail "no certificate can be made" "$WORK/setup.out"

{
    ceph-authtool -C "$WORK/keyring" --gen-key -n mon. --cap mon 'allow *' &&
        ceph-authtool "$WORK/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' &&
        ceph-authtool "$WORK/keyring" --gen-key -n client.rgw --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' &&
        ceph-authtool "$WORK/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd' &&
        monmaptool --create --clobber --fsid "$(sed -n 's/fsid = //p' "$CEPH_CONF")" --addv a "[v2:$mon]" "$WORK/monmap" &&
        ceph-mon -i a --mkfs --monmap "$WORK/monmap" --keyring "$WORK/keyring"
} >"$WORK/setup.out" 2>&1 || fail "Ceph's monitor cannot be set up" "$WORK/setup.out"
spawn "$WORK/mon.out" ceph-mon -i a -f

osd=$(cat /proc/sys/kernel/random/uuid)
{
    ceph --connect-timeout 30 osd new "$osd" && ceph-osd -i 0 --mkfs --osd-uuid "$osd"
} >"$WORK/setup.out" 2>&1 || fail "Ceph's object store cannot be set up" "$WORK/setup.out" "$WORK/mon.out"
spawn "$WORK/osd.out" ceph-osd -i 0 -f

user() {
    timeout 60 radosgw-admin user create --uid="$1" --display-name="$1" --access-key="$2" --secret-key="$3"
}
{
    user tester $key "$secret" && user other $other_key "$other_secret"
} >"$WORK/setup.out" 2>&1 || fail "Ceph's users cannot be made" "$WORK/setup.out" "$WORK/osd.out"
spawn "$WORK/rgw.out" radosgw -n client.rgw -f
await 60 curl -s -o /dev/null "http://127.0.0.1:$port/" || fail "radosgw does not answer" "$WORK/rgw.out"

echo "S3_ENDPOINT=http://127.0.0.1:$port"
echo "S3_TLS_ENDPOINT=https://127.0.0.1:$tls"
echo "S3_CA_FILE=$WORK/tls.crt"
echo "S3_ACCESS_KEY_ID=$key"
echo "S3_SECRET_ACCESS_KEY=$secret"
echo "OTHER_ACCESS_KEY_ID=$other_key"
echo "OTHER_SECRET_ACCESS_KEY=$other_secret"
serve
