# shellcheck shell=bash
# What a node is made of, as its first process makes it: a file system of its own, control groups, and its programs.

# The machine's files with everything a node writes kept apart from it, at the paths that charts and drivers expect.
# /srv/shared is one folder for all nodes of the cluster; /tmp, /var/tmp and /home are the machine's own.
make_node_root() {
  local folder
  mkdir -p "$node"/{kubelet,containerd/tmp,aquifer,volume-plugins,cni} "$state/shared"
  mount --make-rshared /
  for folder in /etc /opt /srv /var/lib; do
    keep_apart "$folder"
  done
  mount -t tmpfs -o mode=755 tmpfs /run
  for folder in kubelet containerd aquifer; do
    bind "$node/$folder" "/var/lib/$folder"
  done
  bind "$state/shared" /srv/shared
  shield_kernel_settings
}

keep_apart() { # FOLDER
  local own=$node/overlay$1
  [[ -d $1 ]] || return 0
  mkdir -p "$own"/{upper,work}
  mount -t overlay overlay -o "lowerdir=$1,upperdir=$own/upper,workdir=$own/work" "$1"
}

bind() { # SOURCE TARGET
  mkdir -p "$2"
  mount --bind "$1" "$2"
}

# Kubelet sets these for the whole machine if it finds other values; it is shown what it wants to see.
shield_kernel_settings() {
  local setting path
  for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    path=${setting%=*}
    echo "${setting#*=}" >"$node/${path//\//.}"
    mount --bind "$node/${path//\//.}" "/proc/sys/$path"
  done
}

# Two kubelets with one root would end each other's pods.
make_node_cgroups() {
  local hierarchy group=aquifer.$name.node$number setting
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*/; do
    [[ -f $hierarchy/cgroup.procs ]] || continue
    if [[ -f $hierarchy/cgroup.controllers ]]; then
      sed 's/\</+/g' "$hierarchy/cgroup.controllers" >"$hierarchy/cgroup.subtree_control" || true
    fi
    mkdir -p "$hierarchy/$group"
    for setting in cpuset.cpus cpuset.mems; do
      [[ ! -f $hierarchy/tasks || ! -f $hierarchy/$setting ]] || cat "$hierarchy/$setting" >"$hierarchy/$group/$setting"
    done
  done
}

start_containerd() {
  local image
  cat >"$node/cni/10-pods.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "pods", "plugins": [{"type": "ptp", "ipMasq": false, "ipam": {
  "type": "host-local", "dataDir": "$node/cni/addresses",
  "ranges": [[{"subnet": "$(pod_range "$number")"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
JSON
  # Without restrict_oom_score_adj no pod starts where CAP_SYS_RESOURCE is missing.
  # An AppArmor profile would stay in the kernel after the cluster.
  cat >"$node/containerd.toml" <<TOML
version = 3
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "localhost/pause:1"
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  disable_apparmor = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["$bin/cni"]
  conf_dir = "$node/cni"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
    BinaryName = "$bin/runc"
TOML
  TMPDIR=/var/lib/containerd/tmp PATH=$bin:$PATH \
    start "node$number-containerd" "$bin/containerd" --config "$node/containerd.toml" --log-level warn
  eventually 60 "$bin/ctr" version >/dev/null 2>&1
  for image in "$bin"/../images/*.tar; do
    "$bin/ctr" --namespace k8s.io images import "$image"
  done
}

start_kubelet() {
  local address
  address=$(node_address "$number")
  cat >"$node/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $address
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $state/pki/node$number.crt
tlsPrivateKeyFile: $state/pki/node$number.key
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
podLogsDir: $node/logs
cgroupRoot: /aquifer.$name.node$number
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
protectKernelDefaults: true
makeIPTablesUtilChains: false
resolvConf: ""
clusterDNS: [$api_host]
clusterDomain: cluster.local
volumePluginDir: $node/volume-plugins
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 100Mi}
maxPods: 250
serializeImagePulls: false
registryPullQPS: 0
kubeAPIQPS: 200
kubeAPIBurst: 400
YAML
  PATH=$bin:$PATH start "node$number-kubelet" "$bin/kubelet" --config="$node/kubelet.yaml" \
    --kubeconfig="$state/kubelet$number.kubeconfig" --hostname-override="node$number" --node-ip="$address" \
    --root-dir=/var/lib/kubelet
}

start_proxy() {
  cat >"$node/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
hostnameOverride: node$number
bindAddress: $(node_address "$number")
clusterCIDR: $range.64.0/18
detectLocalMode: ClusterCIDR
clientConnection: {kubeconfig: $state/proxy.kubeconfig}
conntrack: {maxPerCore: 0, min: 0}
YAML
  start "node$number-proxy" "$bin/kube-proxy" --config="$node/proxy.yaml"
}
