
say() { echo "kops: $*"; }

# Downloads from far away are faster with large buffers.
for setting in net.core.{r,w}mem_max=16777216 'net.ipv4.tcp_rmem=4096 87380 16777216' 'net.ipv4.tcp_wmem=4096 87380 16777216'; do
  sysctl -w "$setting" || true
done

# Container-Optimized OS runs no programs below /opt.
root=/opt/kops
[ ! -d /var/lib/toolbox ] || root=/var/lib/toolbox/kops
mkdir -p "$root/bin" "$root/conf"

systemd-machine-id-setup || say "this machine has no id of its own yet; see that /etc/machine-id is set"

#KUBE_ENV
case "$(uname -m)" in
  x86_64 | amd64) places=${NODEUP_URL_AMD64:-} hash=${NODEUP_HASH_AMD64:-} ;;
  aarch64 | arm64) places=${NODEUP_URL_ARM64:-} hash=${NODEUP_HASH_ARM64:-} ;;
  *) places= hash= ;;
esac
if [ -z "$places" ]; then
  say "the cluster has no nodeup for $(uname -m) machines" >&2
  exit 1
fi

is_whole() { [ -f "$1" ] && [ "$(sha256sum < "$1" | cut -d' ' -f1)" = "$hash" ]; }

# Puts nodeup in place, if what is at the address is nodeup.
fetch() {
  say "fetching $1"
  rm -f part part.xz
  case "$1" in
    *.xz) get "$1" part.xz && xz -d part.xz || return 1 ;;
    *) get "$1" part || return 1 ;;
  esac
  if ! is_whole part; then
    say "what $1 has is not nodeup: its SHA-256 is not $hash"
    return 1
  fi
  chmod +x part
  mv part nodeup
}

get() { curl -fsSL --connect-timeout 20 --retry 6 --retry-delay 10 -o "$2" "$1"; }

cd "$root/bin"
until is_whole nodeup; do
  IFS=, read -r -a addresses <<< "$places"
  for address in "${addresses[@]}"; do
    ! fetch "$address.xz" && ! fetch "$address" || continue 2
  done
  say "none of them has nodeup; trying again in a minute"
  sleep 60
done

say "starting nodeup"
./nodeup --install-systemd-unit --conf="$root/conf/kube_env.yaml" --v=8
say "done"
