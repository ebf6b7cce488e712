# shellcheck shell=bash
# up, down and status of a cluster of our own.

up() { # [--nodes N | --control-plane [--controllers]] [--keeper PID] [--api-server-arg ARG]...
  local wanted_mode=nodes wanted_nodes=1 wanted_controllers='' wanted_keeper='' arguments=()
  while (($#)); do
    case $1 in
      --control-plane) wanted_mode=control-plane wanted_nodes=0 ;;
      --controllers) wanted_controllers=yes ;;
      --nodes) wanted_nodes=${2:-} && shift ;;
      --keeper) wanted_keeper=$(identity "${2:-}") || die "--keeper takes the pid of a running process" && shift ;;
      --api-server-arg) arguments+=("${2:?--api-server-arg needs an argument}") && shift ;;
      *) die "up takes --nodes N, or --control-plane and --controllers, --keeper PID and --api-server-arg ARG; found '$1'" ;;
    esac
    shift
  done
  [[ $wanted_mode == control-plane || -z $wanted_controllers ]] ||
    die "--controllers goes with --control-plane; a cluster with nodes has its controllers anyway"
  [[ $wanted_mode == control-plane || $wanted_nodes =~ ^([1-9]|1[0-9]|20)$ ]] ||
    die "--nodes takes a number from 1 to 20; found '$wanted_nodes'"

  lock_cluster
  sweep
  if [[ -d $state ]] && recall && healthy; then
    [[ $mode/$nodes/$controllers == "$wanted_mode/$wanted_nodes/$wanted_controllers" ]] ||
      die "it is up as $(shape), which is not what was asked for; take it down first"
    [[ $(api_server_arguments "${arguments[@]}") == "$(<"$state/api-server-args")" ]] ||
      die "it is up with other arguments of its API server than were asked for; take it down first"
    [[ -z $wanted_keeper ]] || record keeper "$wanted_keeper"
    say "is up as $(shape)"
    return
  fi
  take_down
  make_cluster "$wanted_mode" "$wanted_nodes" "$wanted_keeper" "$wanted_controllers" "${arguments[@]}"
}

shape() { [[ $mode == control-plane ]] && echo "a control plane${controllers:+ with controllers}" || echo "$nodes node$( ((nodes == 1)) || echo s)"; }

api_server_arguments() { printf '%s\n' "$@" | sed '/^$/d'; } # one per line

# Whether everything that was asked for answers.
healthy() {
  [[ -s $state/run/first.pid ]] && api_server_ready || return 1
  [[ $mode == control-plane ]] && return
  (($(cluster_kubectl get nodes --no-headers 2>/dev/null | grep -cw Ready) == nodes))
}

cluster_kubectl() { "$bin/kubectl" --kubeconfig "$state/admin.kubeconfig" "$@"; }

# --- up ---------------------------------------------------------------------------------------------------------------

make_cluster() { # MODE NODES KEEPER CONTROLLERS API-SERVER-ARGUMENT...
  local parts=(node) started
  [[ $1 == nodes ]] || parts=(api-server)
  [[ -z $4 ]] || parts=(api-server etcd node)
  [[ $1 == control-plane ]] || ((EUID == 0)) || die "nodes need root; --control-plane does not"
  bin=$("$e2e/ground/build" "${parts[@]}") || exit 1
  need_packages openssl=openssl # binaries out of the cache come without what they call
  [[ $1 == control-plane ]] || need_packages nft=nftables ip=iproute2

  started=${EPOCHREALTIME/./}
  trap 'take_down; exit 130' INT TERM HUP
  mkdir -m 700 "$state" && mkdir "$state"/{run,log}
  record keeper "$3"
  record bin "$bin"
  record mode "$1"
  record nodes "$2"
  record controllers "$4"
  api_server_arguments "${@:5}" >"$state/api-server-args"
  "choose_addresses_for_$1"
  recall
  certify_control_plane "$api_host" "${services%.*}.1"
  [[ $1 == control-plane && -z $4 ]] || make_kubeconfig controller-manager /CN=system:kube-controller-manager
  [[ $1 == control-plane ]] || certify_nodes

  AQUIFER_CLUSTER_STATE=$state setsid "$e2e/lib/first-process" "$name" >"$state/log/first-process.log" 2>&1 </dev/null &
  eventually 20 test -s "$state/run/first.pid" || die "its first process did not start; see $state/log/first-process.log"
  [[ $1 == control-plane ]] || join_cluster
  await_cluster
  trap - INT TERM HUP
  say "is up as $(shape) after $(((${EPOCHREALTIME/./} - started) / 1000)) ms; KUBECONFIG=$state/admin.kubeconfig"
}

choose_addresses_for_control-plane() {
  record api_host 127.0.0.1
  record services 10.96.0.0/16
  while_alone choose_ports
  recall
  record server "https://127.0.0.1:$api_port"
}

choose_addresses_for_nodes() {
  while_alone choose_range
  recall
  record api_host "$(control_plane_address)"
  record services "$range.128.0/17"
  record api_port 6443
  record etcd_port 2379
  record peer_port 2380
  record server "https://$(control_plane_address):6443"
}

join_cluster() {
  eventually 20 in_own_network || die "its network namespace was not made; see $state/log/first-process.log"
  connect_host "$(inside_pid)"
}

# The pid, as seen here, of process 1 of the cluster's own process namespace.
inside_pid() {
  local first children
  first=$(<"$state/run/first.pid") && children=$(<"/proc/$first/task/$first/children") && [[ $children ]] &&
    echo "${children%% *}"
} 2>/dev/null

# Runs a command among the processes of the cluster, as they see the machine.
in_cluster() {
  if [[ $mode == control-plane ]]; then
    "$@"
  else
    nsenter --target "$(inside_pid)" --pid --mount --net "$@"
  fi
}

in_own_network() {
  local pid
  pid=$(inside_pid) && [[ $(readlink "/proc/$pid/ns/net") != "$(readlink /proc/self/ns/net)" ]]
}

# A busy machine is slow: the limits only end what will never be.
await_cluster() {
  await 120 api_server_ready
  [[ $mode == control-plane ]] || await 120 healthy
  if [[ $mode == nodes || $controllers ]]; then
    await 60 cluster_kubectl get serviceaccount default >/dev/null 2>&1
  else
    cluster_kubectl create serviceaccount default >/dev/null # pods are refused without one, and nothing else makes it
  fi
}

await() { # SECONDS COMMAND...
  eventually "$1" no_longer_worth_waiting "${@:2}" || true
  ended_program && die "$ended ended and said: $(tail -n 1 "$state/log/$ended.log")"
  "${@:2}" || die "it did not become healthy within $1 s; the logs are in $state/log"
}

no_longer_worth_waiting() { ended_program || "$@"; }

node_programs() {
  local n
  for ((n = 1; n <= nodes; n++)); do
    echo "node$n-containerd" "node$n-kubelet" "node$n-proxy"
  done
}

# Holds if one has ended of those without which no cluster comes up, and names it.
ended_program() {
  ended='first-process'
  [[ -d /proc/$(<"$state/run/first.pid") ]] || return 0
  for ended in etcd kube-apiserver $(node_programs); do
    [[ ! -s $state/run/$ended.pid ]] || in_cluster test -d "/proc/$(<"$state/run/$ended.pid")" || return 0
  done
  return 1
}

# --- clusters that nobody will take down -------------------------------------------------------------------------------

# What tells a process from all others: its pid and the time of its start.
identity() { # PID
  local stat
  stat=$(<"/proc/$1/stat") && stat=${stat##*) } && echo "$1:$(cut -d' ' -f20 <<<"$stat")"
} 2>/dev/null

# Ends this user's clusters whose keeper is gone, and removes the locks of those that are not there.
sweep() {
  local lock
  for lock in "$clusters"/*.lock; do
    [[ $lock -ef $state.lock ]] || (sweep_one "$(basename "$lock" .lock)") ||
      say "another cluster, $(basename "$lock" .lock), is left over and could not be taken down; the next one will try again"
  done
}

# In a shell of its own: the cluster's settings take the place of ours.
sweep_one() { # NAME
  name=$1 state=$clusters/$1 keeper='' mode='' nodes=0 range='' link='' bin=''
  exec 9>"$state.lock"
  flock --nonblock 9 && [[ $state.lock -ef /proc/self/fd/9 ]] || return 0
  recall
  if [[ -d $state ]]; then
    [[ -n $keeper && $(identity "${keeper%:*}") != "$keeper" ]] || return 0
    say "ends, since process ${keeper%:*} that it was for is gone"
    take_down
  fi
  rm -f "$state.lock"
}

# --- down -------------------------------------------------------------------------------------------------------------

# Nobody, root included, removes what a node agent has cached, until it lets them.
let_go_of_caches() {
  local cache
  for cache in "$state"/node*/aquifer; do
    [[ ! -d $cache ]] || chattr -R -f -i "$cache" || true # a file system without the flag has kept none
  done
}

down() {
  (($# == 0)) || die "down takes no arguments; found '$1'"
  lock_cluster
  if [[ -d $state ]]; then
    take_down
    say "is down"
  else
    say "is not up"
  fi
  rm -f "$state.lock"
}

# Ends and removes whatever there is of the cluster, and nothing else.
take_down() {
  [[ -d $state ]] || return 0
  link=''
  recall
  [[ -z $link ]] || ip link delete "$link" 2>/dev/null || true
  eventually 20 all_ended || die "some of its processes do not end: $(members | tr '\n' ' ')"
  eventually 10 without_cgroups || die "some of its control groups cannot be removed; see $(own_cgroups | tr '\n' ' ')"
  let_go_of_caches
  rm -rf --one-file-system "$state"
}

# Process 1 goes first, and the kernel ends all others in its namespace; only then does its parent end.
all_ended() {
  local inside pids
  if [[ -s $state/run/first.pid ]] && inside=$(inside_pid) && is_member "$inside" && [[ $mode == nodes ]]; then
    kill -KILL "$inside" 2>/dev/null || true
    return 1
  fi
  mapfile -t pids < <(members)
  ((${#pids[@]})) || return 0
  kill -KILL "${pids[@]}" 2>/dev/null || true
  return 1
}

# Every program of a cluster carries the mark in its environment; those in containers end with process 1.
members() {
  grep --null-data --line-regexp --fixed-strings --files-with-matches --no-messages \
    "AQUIFER_CLUSTER_STATE=$state" /proc/[0-9]*/environ | cut -d/ -f3
}

is_member() { members | grep -qx "$1"; }

own_cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d -name "aquifer.$name.node*"; }

without_cgroups() {
  local group
  for group in $(own_cgroups); do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
  [[ -z $(own_cgroups) ]]
}

# --- what is there ----------------------------------------------------------------------------------------------------

status() {
  if [[ ! -d $state ]]; then
    echo "cluster $name is not up"
    return 1
  fi
  recall
  if ! healthy; then
    echo "cluster $name is not healthy; take it down, or see the logs in $state/log"
    return 1
  fi
  cat <<TEXT
cluster      $name, $(shape)
API server   $server
kubeconfig   $state/admin.kubeconfig
logs         $state/log
TEXT
  [[ $mode == nodes ]] || return 0
  cat <<TEXT
addresses    $range.0.0/16; this machine is $(host_address) to it, link $link
TEXT
  cluster_kubectl get nodes --output wide
}
