# shellcheck shell=bash
# What one does with a cluster of our own that is up.

need_up() {
  [[ -d $state ]] || die "is not up; start it: e2e/cluster --name $name up"
  recall
}

need_nodes() {
  need_up
  [[ $mode == nodes ]] || die "is a control plane without nodes; take it down and start it with --nodes 1"
}

need_loadable() { need_nodes; }

kubeconfig() {
  need_up
  echo "$state/admin.kubeconfig"
}

kubectl() {
  need_up
  exec "$bin/kubectl" --kubeconfig "$state/admin.kubeconfig" "$@"
}

# kubectl ends with an error while a definition has no conditions yet.
define() { # PATH
  local attempt path=${1:?"define takes a file or folder of definitions"}
  (kubectl apply --server-side --filename "$path") || return
  for ((attempt = 0; attempt < 20; attempt++)); do
    ! (kubectl wait --for=condition=Established --filename "$path" 2>/dev/null) || return 0
    sleep 0.5
  done
  kubectl wait --for=condition=Established --filename "$path"
}

helm() {
  need_up
  [[ -x $bin/helm ]] || bin=$("$e2e/ground/build" helm)
  KUBECONFIG=$state/admin.kubeconfig exec "$bin/helm" "$@"
}

# An archive that the nodes were given already, and that nobody has changed since, is not given again.
load() { # IMAGE.tar...
  local image n given
  need_nodes
  (($#)) || die "load takes image archives; none was named"
  for image in "$@"; do
    [[ -r $image ]] || die "there is no image archive $image"
    given=$(stat --format='%n %Y %s' "$image")
    ! grep -qxF "$given" "$state/loaded" 2>/dev/null || continue
    for ((n = 1; n <= nodes; n++)); do
      in_node "$n" "$bin/ctr" --namespace k8s.io images import - <"$image" >&2
    done
    echo "$given" >>"$state/loaded"
  done
}

# Runs a command in all namespaces of a node but its processes', which are the cluster's: there lie kubelet's mounts.
in_node() { # N COMMAND...
  in_cluster nsenter --target "$(<"$state/run/node$1.pid")" --mount --net --uts "${@:2}"
}

node_exec() { # N COMMAND...
  need_nodes
  is_node "${1:-}" && (($# > 1)) || die "node-exec takes a node's number, 1 to $nodes, and a command; found '$*'"
  in_node "$@"
}

restart_kubelet() { # N
  need_nodes
  is_node "${1:-}" || die "restart-kubelet takes a node's number, 1 to $nodes; found '$*'"
  AQUIFER_CLUSTER_STATE=$state in_node "$1" "$e2e/lib/restart-kubelet" "$name" "$1"
}

is_node() { [[ $1 =~ ^[0-9]+$ && $1 -ge 1 && $1 -le $nodes ]]; }

logs() { # [PROGRAM]
  need_up
  if [[ -n ${1:-} ]]; then
    [[ -f $state/log/$1.log ]] || die "no program is called '$1'; there are: $(cd "$state/log" && echo *.log)"
    cat "$state/log/$1.log"
  else
    ls "$state"/log/*.log
  fi
}
