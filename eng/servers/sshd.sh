#!/usr/bin/env bash
# OpenSSH's server on loopback for tests, SFTP alone, with its data in a new directory. Prints SSH_PORT, SSH_USER (with the keys
# SSH_KEY, SSH_KEY_RSA, SSH_KEY_ENCRYPTED with SSH_PASSPHRASE, and SSH_PASSWORD), SSH_KEY_UNKNOWN (which nobody has), SSH_KNOWN_HOSTS,
# SSH_HOST_KEYS (the public ones) and SSH_ROOT (a directory that the user may write), then READY; runs until its standard input is closed.
# See lib.sh for the contract.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ "$(id -u)" = 0 ] || skip "only root can start sshd with passwords"
need /usr/sbin/sshd openssh-server
need ssh-keygen openssh-client
need ssh-agent openssh-client
workdir sshd
chmod 755 "$WORK"
mkdir -p /run/sshd "$WORK/state"

user=kops-test-$$ password=$(head -c 12 /dev/urandom | base64 | tr -d '+/=') passphrase=$(head -c 12 /dev/urandom | base64 | tr -d '+/=') port=$(free_port)
useradd --no-create-home --home-dir "$WORK/state" --shell /bin/sh "$user" || fail "cannot add the user $user"
remove_user() { userdel "$user" 2>/dev/null; }
trap 'remove_user; shutdown' EXIT
chpasswd <<<"$user:$password" || fail "cannot set the user's password"
chown "$user" "$WORK/state"

key() { ssh-keygen -q -C "$1" -f "$WORK/$1" "${@:2}" </dev/null || fail "ssh-keygen makes no key $1"; }
key host_ed25519 -t ed25519 -N ''
key host_rsa -t rsa -b 2048 -N ''
key user_ed25519 -t ed25519 -N ''
key user_rsa -t rsa -b 2048 -N ''
key user_encrypted -t ecdsa -N "$passphrase"
key unknown -t ed25519 -N ''
cat "$WORK"/user_*.pub >"$WORK/authorized_keys"
chmod 644 "$WORK/authorized_keys"

cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
Port $port
HostKey $WORK/host_ed25519
HostKey $WORK/host_rsa
PidFile $WORK/pid
AuthorizedKeysFile $WORK/authorized_keys
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
AllowUsers $user
Subsystem sftp internal-sftp
MaxStartups 200
MaxSessions 200
PerSourcePenalties no
LogLevel ERROR
END
# Older servers know no penalties, and do not need to be told that there are none.
/usr/sbin/sshd -t -f "$WORK/sshd_config" 2>/dev/null || sed -i '/PerSourcePenalties/d' "$WORK/sshd_config"
spawn "$WORK/sshd.out" /usr/sbin/sshd -D -e -f "$WORK/sshd_config"
await 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || fail "sshd does not answer" "$WORK/sshd.out"
# Of any port, for proxies in front of it.
printf '[127.0.0.1]:* %s\n' "$(cut -d' ' -f1,2 "$WORK/host_ed25519.pub")" >"$WORK/known_hosts"

echo "SSH_PORT=$port"
echo "SSH_USER=$user"
echo "SSH_PASSWORD=$password"
echo "SSH_KEY=$WORK/user_ed25519"
echo "SSH_KEY_RSA=$WORK/user_rsa"
echo "SSH_KEY_ENCRYPTED=$WORK/user_encrypted"
echo "SSH_PASSPHRASE=$passphrase"
echo "SSH_KEY_UNKNOWN=$WORK/unknown"
echo "SSH_KNOWN_HOSTS=$WORK/known_hosts"
echo "SSH_HOST_KEYS=$WORK/host_ed25519.pub:$WORK/host_rsa.pub"
echo "SSH_ROOT=$WORK/state"
serve
