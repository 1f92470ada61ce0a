#!/usr/bin/env bash
# OpenStack Swift with Keystone on loopback for tests: one device, one replica, both with sqlite.
# Prints OS_AUTH_URL, SWIFT_URL, the ids of the project 'demo' and its user 'demo', and the PASSWORD of the users demo (member) and viewer
# (reader), then READY; runs until its standard input is closed. See lib.sh for the
# contract.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need swift-proxy-server swift-proxy swift-account swift-container swift-object keystone python3-keystonemiddleware memcached
need keystone-manage keystone python3-keystonemiddleware
need memcached memcached
need curl curl
workdir swift
# Debian's packages belong to Debian's Python, whatever else is on the path.
python=/usr/bin/python3
proxy=$(free_port) account=$(free_port) container=$(free_port) object=$(free_port) cache=$(free_port) identity=$(free_port)
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
umask 077
mkdir -p "$WORK"/{srv/d1,run,keystone/fernet,keystone/cred}
export SWIFT_DIR=$WORK
printf '[swift-hash]\nswift_hash_path_suffix = x\nswift_hash_path_prefix = y\n[swift-constraints]\n' >"$WORK/swift.conf"

backend() {
    cat >"$WORK/$1.conf" <<CONF
[DEFAULT]
swift_dir = $WORK
devices = $WORK/srv
mount_check = false
bind_ip = 127.0.0.1
bind_port = $2
workers = 0
user = $(id -un)
disable_fallocate = true
log_address = $WORK/run/nolog
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
[$1-replicator]
[$1-auditor]
[$1-updater]
[container-sync]
CONF
}
backend account "$account"
backend container "$container"
backend object "$object"

"$python" - <<RINGS >"$WORK/setup.out" 2>&1 || fail "Swift's rings cannot be made" "$WORK/setup.out"
from swift.common.ring import RingBuilder
for name, port in (('account', $account), ('container', $container), ('object', $object)):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'replication_ip': '127.0.0.1',
                     'replication_port': port, 'device': 'd1', 'weight': 1.0, 'meta': ''})
    builder.rebalance()
    builder.get_ring().save('$WORK/%s.ring.gz' % name)
RINGS

cat >"$WORK/proxy.conf" <<CONF
[DEFAULT]
swift_dir = $WORK
bind_ip = 127.0.0.1
bind_port = $proxy
workers = 0
user = $(id -un)
log_address = $WORK/run/nolog
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk authtoken keystoneauth copy slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
www_authenticate_uri = http://127.0.0.1:$identity/v3
auth_url = http://127.0.0.1:$identity/v3
auth_type = password
project_domain_id = default
user_domain_id = default
project_name = service
username = swift
password = $password
delay_auth_decision = true
cache = swift.cache
include_service_catalog = false
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$cache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:symlink]
use = egg:swift#symlink
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
allow_object_versioning = true
CONF

spawn "$WORK/memcached.out" memcached -u "$(id -un)" -l 127.0.0.1 -p "$cache" -m 32
for name in account container object proxy; do spawn "$WORK/$name.out" "swift-$name-server" "$WORK/$name.conf"; done

cat >"$WORK/keystone.conf" <<CONF
[DEFAULT]
log_file = $WORK/keystone.log
[database]
connection = sqlite:///$WORK/keystone/keystone.db
sqlite_synchronous = false
[token]
provider = fernet
[fernet_tokens]
key_repository = $WORK/keystone/fernet
[credential]
key_repository = $WORK/keystone/cred
[identity]
password_hash_rounds = 4
[cache]
enabled = false
CONF
manage() { keystone-manage --config-file "$WORK/keystone.conf" "$@"; }
url=http://127.0.0.1:$identity/v3
{
    manage db_sync &&
        "$python" -c "import sqlite3; sqlite3.connect('$WORK/keystone/keystone.db').execute('PRAGMA journal_mode=wal')" &&
        manage fernet_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)" &&
        manage credential_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)" &&
        manage bootstrap --bootstrap-password "$password" --bootstrap-username admin --bootstrap-project-name admin --bootstrap-role-name admin \
            --bootstrap-service-name keystone --bootstrap-region-id RegionOne \
            --bootstrap-public-url "$url" --bootstrap-admin-url "$url" --bootstrap-internal-url "$url"
} >"$WORK/setup.out" 2>&1 || fail "Keystone cannot be set up" "$WORK/setup.out"

cat >"$WORK/identity.py" <<PYTHON
import sys
sys.argv = ['keystone-wsgi-public', '--config-file', '$WORK/keystone.conf']
from keystone.server.wsgi import initialize_public_application
from wsgiref.simple_server import make_server, WSGIServer, WSGIRequestHandler
class Server(WSGIServer): request_queue_size = 64
class Handler(WSGIRequestHandler):
    def log_message(self, *args): pass
application = initialize_public_application()
make_server('127.0.0.1', $identity, application, server_class=Server, handler_class=Handler).serve_forever()
PYTHON
OS_KEYSTONE_CONFIG_FILES=$WORK/keystone.conf spawn "$WORK/keystone.out" "$python" "$WORK/identity.py"
await 240 curl -s -o /dev/null "$url" || fail "Keystone does not answer" "$WORK/keystone.out"

"$python" - <<PYTHON >"$WORK/setup.out" 2>&1 || fail "Keystone's users cannot be made" "$WORK/setup.out" "$WORK/keystone.out"
import json, urllib.request
def call(method, path, body=None, token=None):
    request = urllib.request.Request('$url' + path, method=method, data=json.dumps(body).encode() if body is not None else None,
                                     headers={'content-type': 'application/json', **({'x-auth-token': token} if token else {})})
    answer = urllib.request.urlopen(request)
    data = answer.read()
    return answer.headers, (json.loads(data) if data else None)
domain = {'id': 'default'}
headers, _ = call('POST', '/auth/tokens', {'auth': {
    'identity': {'methods': ['password'], 'password': {'user': {'name': 'admin', 'domain': domain, 'password': '$password'}}},
    'scope': {'project': {'name': 'admin', 'domain': domain}}}})
token = headers['x-subject-token']
roles = {role['name']: role['id'] for role in call('GET', '/roles', token=token)[1]['roles']}
def project(name): return call('POST', '/projects', {'project': {'name': name, 'domain_id': 'default'}}, token)[1]['project']['id']
def user(name): return call('POST', '/users', {'user': {'name': name, 'domain_id': 'default', 'password': '$password'}}, token)[1]['user']['id']
def grant(project, user, role): call('PUT', '/projects/%s/users/%s/roles/%s' % (project, user, roles[role]), token=token)
grant(project('service'), user('swift'), 'admin')
demo = project('demo')
owner = user('demo')
grant(demo, owner, 'member')
grant(demo, user('viewer'), 'reader')
service = call('POST', '/services', {'service': {'type': 'object-store', 'name': 'swift'}}, token)[1]['service']['id']
for interface in ('public', 'internal'):
    call('POST', '/endpoints', {'endpoint': {'service_id': service, 'interface': interface, 'region_id': 'RegionOne',
                                             'url': 'http://127.0.0.1:$proxy/v1/AUTH_%(tenant_id)s'}}, token)
open('$WORK/ids', 'w').write('PROJECT_ID=%s\nUSER_ID=%s\n' % (demo, owner))
PYTHON
await 240 curl -sf -o /dev/null "http://127.0.0.1:$proxy/healthcheck" || fail "Swift does not answer" "$WORK/proxy.out"

echo "OS_AUTH_URL=$url"
echo "SWIFT_URL=http://127.0.0.1:$proxy"
echo "PASSWORD=$password"
cat "$WORK/ids"
serve
