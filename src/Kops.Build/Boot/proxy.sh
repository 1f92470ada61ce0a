
# All that runs on this machine goes through the proxy: shells, services, package managers.
for name in http_proxy https_proxy HTTP_PROXY HTTPS_PROXY no_proxy NO_PROXY; do
  grep -qs "^$name=" /etc/environment || echo "$name=\"${!name}\"" >> /etc/environment
done
mkdir -p /etc/systemd/system.conf.d
{
  echo '[Manager]'
  for name in http_proxy https_proxy no_proxy NO_PROXY; do
    echo "DefaultEnvironment=\"$name=${!name}\""
  done
} > /etc/systemd/system.conf.d/kops-proxy.conf
systemctl daemon-reexec || true
[ ! -d /etc/apt/apt.conf.d ] || echo "Acquire::http::Proxy \"$http_proxy\";" > /etc/apt/apt.conf.d/90kops-proxy
for file in /etc/yum.conf /etc/dnf/dnf.conf; do
  [ ! -f "$file" ] || grep -q '^proxy=' "$file" || echo "proxy=$http_proxy" >> "$file"
done
