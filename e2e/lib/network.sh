# shellcheck shell=bash
# Addresses. A cluster with nodes has a network namespace of its own and one /16 that nothing on the machine uses,
# written R below as its first two numbers:
#
#   R.0.1       this machine, as the cluster sees it    R.0.2        API server and cluster DNS
#   R.0.10+N    node N                                  R.64+N.0/24  pods of node N
#   R.128.0/17  Services
#
# A control plane alone has two or three free ports on loopback.

host_address() { echo "$range.0.1"; }

control_plane_address() { echo "$range.0.2"; }

node_address() { echo "$range.0.$((10 + $1))"; }

pod_range() { echo "$range.$((64 + $1)).0/24"; }

# --- a range of addresses that is free --------------------------------------------------------------------------------

choose_range() {
  local used candidate
  used=$(used_ranges)
  for candidate in 10.{200..254} 172.{16..31} 100.{64..127} 198.{18,19}; do
    is_free "$candidate" "$used" || continue
    record range "$candidate"
    record link "aq-${candidate/./-}"
    return
  done
  die "no /16 of private addresses is free; 'ip route' shows what uses them"
}

# Every network this machine has an address in or a route to, its name servers, and those of our other clusters.
used_ranges() {
  awk '/^nameserver +[0-9.]+$/ {print $2}' /etc/resolv.conf
  ip -4 -o address show | awk '{print $4}'
  ip -4 route show table all | awk '{print ($1 ~ /^[0-9]/) ? $1 : $2}' | grep '^[0-9]'
  sed -n 's/^range=\(.*\)/\1.0.0\/16/p' "$clusters"/*/settings 2>/dev/null || true
}

is_free() { # CANDIDATE NETWORKS
  local network base length shift
  base=$(first_16_bits "$1")
  for network in $2; do
    length=16
    [[ $network != */* ]] || length=${network#*/}
    ((length > 1)) || continue # the default route, whole or, as VPNs write it, in two halves
    shift=$((length < 16 ? 16 - length : 0))
    (($(first_16_bits "$network") >> shift != base >> shift)) || return 1
  done
}

first_16_bits() {
  local a b
  IFS=./ read -r a b _ <<<"$1.0"
  echo $((a * 256 + b))
}

# --- the link between this machine and the cluster --------------------------------------------------------------------

# Makes the machine's end here and the other, `uplink`, in the network of the cluster's first process.
connect_host() { # PID
  local n
  ip link add "$link" type veth peer name uplink netns "$1"
  ip address add "$(host_address)/24" dev "$link"
  ip link set "$link" up
  ip route add "$services" via "$(node_address 1)"
  for ((n = 1; n <= nodes; n++)); do
    ip route add "$(pod_range "$n")" via "$(node_address "$n")"
  done
}

# The control plane's side: a bridge that the nodes and this machine hang on.
connect_control_plane() {
  local n
  ip link set lo up
  ip link add nodes type bridge
  ip address add "$(control_plane_address)/24" dev nodes
  ip link set nodes up
  eventually 60 ip link set uplink master nodes up 2>/dev/null
  for ((n = 1; n <= nodes; n++)); do
    ip route add "$(pod_range "$n")" via "$(node_address "$n")"
  done
}

# A node's side, in the node's network; process 1 is in the control plane's.
connect_node() { # N
  local n
  nsenter --target 1 --net ip link add "node$1" type veth peer name eth0 netns $$
  nsenter --target 1 --net ip link set "node$1" master nodes up
  ip link set lo up
  ip address add "$(node_address "$1")/24" dev eth0
  ip link set eth0 up
  echo 1 >/proc/sys/net/ipv4/ip_forward
  ip route add "$services" via "$(control_plane_address)" # kube-proxy turns these packets before they leave
  for ((n = 1; n <= nodes; n++)); do
    ((n == $1)) || ip route add "$(pod_range "$n")" via "$(node_address "$n")"
  done
}

# --- ports on loopback ------------------------------------------------------------------------------------------------

# Below the ports that the kernel hands out, and neither listened on nor promised to another of our clusters.
choose_ports() {
  local taken port key
  taken=" $({ awk 'FNR > 1 {split($2, local, ":"); print local[2]}' /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    while read -r port; do echo $((16#$port)); done
    sed -n 's/^[a-z]*_port=//p' "$clusters"/*/settings 2>/dev/null || true; } | tr '\n' ' ') "
  port=$((20000 + RANDOM % 10000))
  for key in api_port etcd_port peer_port; do
    while [[ $taken == *" $port "* ]]; do ((port++)); done
    record "$key" "$port"
    ((port++))
  done
}
