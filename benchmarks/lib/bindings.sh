# shellcheck shell=bash
# What benchmarks of bindings have in common: a cluster without nodes, an owner, tenants and a binder.

# shellcheck source=/dev/null
source "$AQUIFER/benchmarks/lib/common.sh"
management=28450
cluster() { "$AQUIFER/e2e/cluster" --name bench-bindings "$@"; }

finish() {
  stop_all
  cluster down >&2
}

source_objects() {
  cat <<'YAML'
{apiVersion: v1, kind: Namespace, metadata: {name: bench-owner}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: bench-source}
spec:
  accessModes: [ReadWriteMany]
  capacity: {storage: 1Gi}
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  claimRef: {namespace: bench-owner, name: data}
  hostPath: {path: /srv/bench}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: bench-owner}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  volumeName: bench-source
  resources: {requests: {storage: 1Gi}}
YAML
}

tenants() { # COUNT
  local i
  for ((i = 1; i <= $1; i++)); do
    printf -- '---\n{apiVersion: v1, kind: Namespace, metadata: {name: bench-%04d, labels: {aquifer.dev/inject: enabled, bench: "true"}}}\n' "$i"
  done
}

shared_volume() { # NAME
  cat <<YAML
apiVersion: aquifer.dev/v1alpha1
kind: SharedVolume
metadata: {name: $1, namespace: bench-owner}
spec:
  source: {persistentVolumeClaim: {claimName: data}}
  mountPath: /$1
  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
  access: [{namespaces: {selector: {matchLabels: {bench: "true"}}}, serviceAccounts: ["*"], roles: [reader]}]
YAML
}

bound() { curl --silent --fail "http://127.0.0.1:$management/metrics" | awk '/^aquifer_bindings\{state="bound"\}/ { printf "%d", $2 }'; }

all_bound() { # COUNT
  [[ $(bound) == "$1" ]]
}

seconds_until() { # LIMIT COMMAND...
  local start=${EPOCHREALTIME/./}
  await "$1" "${@:2}" >&2
  awk -v us=$((${EPOCHREALTIME/./} - start)) 'BEGIN { printf "%.2f", us / 1000000 }'
}

start_binder() { # MODE [JVM OPTION...]: it has listed everything when this returns
  "$JAVA" "${jvm[@]}" "${@:2}" dev.aquifer.webhook.Main binder --host 127.0.0.1 --management-port $management --namespace default --bind "$1" >&2 &
  pid=$!
  started+=("$pid")
  await 60 curl --silent --fail "http://127.0.0.1:$management/metrics" --output /dev/null >&2
  await 60 eval 'curl --silent "http://127.0.0.1:$management/metrics" | grep -q "^aquifer_bindings{"' >&2
}

stop_binder() {
  kill "$pid"
  wait "$pid" || true
}

resident() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$pid/status"; }

make_world() { # NAMESPACES: of tenants
  cluster up --control-plane --controllers >&2
  KUBECONFIG=$(cluster kubeconfig)
  export KUBECONFIG
  cluster define "$AQUIFER/manifests/chart/crd" >&2
  source_objects | cluster kubectl apply -f - >&2
  cluster kubectl wait --namespace bench-owner --for=jsonpath='{.status.phase}'=Bound pvc/data --timeout=60s >&2
  say "making $1 namespaces"
  tenants "$1" | cluster kubectl create -f - >/dev/null
}
