# shellcheck shell=bash
# The programs of the control plane, as the cluster's first process starts them.

# Starts a program in the background with a log of its own, which it goes on with when it is started again.
start() { # NAME COMMAND...
  "${@:2}" >>"$state/log/$1.log" 2>&1 </dev/null &
  echo $! >"$state/run/$1.pid"
}

start_etcd() {
  start etcd "$bin/etcd" --name cluster --data-dir "$state/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
    --listen-peer-urls "http://127.0.0.1:$peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$peer_port" \
    --initial-cluster "cluster=http://127.0.0.1:$peer_port"
}

# With aggregator routing the API server calls a Service's webhook at the pod's own address.
start_api_server() { # OPTION...
  local pki=$state/pki more=()
  mapfile -t more <"$state/api-server-args"
  start kube-apiserver "$bin/kube-apiserver" \
    --secure-port="$api_port" --service-cluster-ip-range="$services" "$@" \
    --etcd-servers="http://127.0.0.1:$etcd_port" --authorization-mode=Node,RBAC --allow-privileged=true \
    --enable-aggregator-routing=true \
    --tls-cert-file="$pki/api-server.crt" --tls-private-key-file="$pki/api-server.key" --client-ca-file="$pki/ca.crt" \
    --service-account-key-file="$pki/service-accounts.pub" \
    --service-account-signing-key-file="$pki/service-accounts.key" \
    --service-account-issuer=https://kubernetes.default.svc \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP "${more[@]}"
}

api_server_ready() {
  (exec 3<>"/dev/tcp/$api_host/$api_port") 2>/dev/null &&
    "$bin/kubectl" --kubeconfig "$state/admin.kubeconfig" get --raw /readyz >/dev/null 2>&1
}

start_controller_manager() { # OPTION...
  start kube-controller-manager "$bin/kube-controller-manager" \
    --kubeconfig="$state/controller-manager.kubeconfig" --bind-address=127.0.0.1 --cert-dir="$state/run" \
    --leader-elect=false --use-service-account-credentials=true --allocate-node-cidrs=false \
    --service-account-private-key-file="$state/pki/service-accounts.key" --root-ca-file="$state/pki/ca.crt" \
    --cluster-signing-cert-file="$state/pki/ca.crt" --cluster-signing-key-file="$state/pki/ca.key" "$@"
}

start_scheduler() {
  start kube-scheduler "$bin/kube-scheduler" --kubeconfig="$state/scheduler.kubeconfig" --bind-address=127.0.0.1 \
    --leader-elect=false --cert-dir="$state/run"
}

# Answers for the cluster's own names and, so that nobody waits, denies all others.
start_dns() {
  cat >"$state/Corefile" <<COREFILE
cluster.local:53 {
  bind $api_host
  errors
  kubernetes cluster.local {
    kubeconfig $state/admin.kubeconfig aquifer-$name
    pods insecure
    ttl 5
  }
}
.:53 {
  bind $api_host
  template ANY ANY {
    rcode NXDOMAIN
  }
}
COREFILE
  start coredns "$bin/coredns" -conf "$state/Corefile"
}
