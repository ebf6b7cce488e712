# shellcheck shell=bash
# The same commands on a cluster that someone else started: nothing of it is started or ended here.

program() { # NAME
  type -P "$1" || echo "$("$e2e/ground/build" "$2")/$1"
}

up() {
  (kubectl get --raw /readyz >/dev/null) || die "the cluster of this context does not answer; see: kubectl config get-contexts"
  say "is up"
}

down() { say "was not started here and is left as it is"; }

status() {
  (kubectl cluster-info)
  kubectl get nodes --output wide
}

kubeconfig() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/aquifer/contexts file
  (umask 077 && mkdir -p "$folder")
  file=$folder/${name//[^a-zA-Z0-9.-]/_}.kubeconfig
  (umask 077 && "$(program kubectl api-server)" --context "$name" config view --minify --flatten >"$file")
  echo "$file"
}

kubectl() { exec "$(program kubectl api-server)" --context "$name" "$@"; }

helm() { exec "$(program helm helm)" --kube-context "$name" "$@"; }

need_loadable() {
  [[ $name == kind-* && -n $(type -P kind) ]] ||
    die "only kind clusters can be loaded from here; push the archives that e2e/image makes to where your nodes pull from, and install with --set image.registry=NAME"
}

load() {
  local image
  need_loadable
  for image in "$@"; do
    kind load image-archive --name "${name#kind-}" "$image"
  done
}

logs() { die "its programs' logs are where that cluster keeps them"; }

node_exec() { die "its nodes are not ours; use: kubectl debug node/NAME -it --image=IMAGE"; }
