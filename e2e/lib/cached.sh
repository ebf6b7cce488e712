# shellcheck shell=bash
# The cache in the demo: case 1's volume again, read by many pods of two tenants that start at once.

tenants=(anna bob)
pods_each=15

# What the pods read, beside case 1's own files: 64 files of 1 MiB in the directory behind the owner's claim.
fill_ref() {
  # shellcheck disable=SC2016
  cluster node-exec 1 sh -c 'mkdir -p "$1/data" && for i in $(seq 64); do head -c 1048576 /dev/urandom >"$1/data/$i"; done &&
    chmod -R a+rX "$1/data"' sh /srv/shared/climate-ref-ref-data
}

share_cached() {
  local tenant
  for tenant in "${tenants[@]}"; do
    kubectl create namespace "$tenant"
    kubectl label namespace "$tenant" aquifer.dev/inject=enabled
  done
  kubectl -n climate-ref patch sharedvolume ref --type=json -p '[{"op": "add", "path": "/spec/access/-",
    "value": {"namespaces": {"names": ["anna", "bob"]}, "roles": ["worker"]}}]'
  for tenant in "${tenants[@]}"; do
    known "$tenant" climate-ref/ref
  done
}

# What the node's agent counts of the files' bytes that came to it from the origin.
crossed() {
  local agent
  agent=$(kubectl -n aquifer-system get pods -l app.kubernetes.io/component=node -o name)
  kubectl get --raw "/api/v1/namespaces/aquifer-system/pods/${agent#pod/}:9090/proxy/metrics" |
    awk '$1 == "aquifer_node_origin_bytes_total" {printf "%d\n", $2}'
}

readers() { # NAMESPACE
  cat <<TEXT
apiVersion: apps/v1
kind: Deployment
metadata: {name: readers, namespace: $1}
spec:
  replicas: $pods_each
  selector: {matchLabels: {app: readers}}
  template:
    metadata: {labels: {app: readers}, annotations: {aquifer.dev/volumes: climate-ref/ref}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: main
          image: "busybox:1"
          command: [/bin/sh, -c, 'cat /ref/data/* | md5sum | tee /tmp/sum; exec sleep 3600']
          readinessProbe: {exec: {command: [test, -s, /tmp/sum]}, periodSeconds: 2}
TEXT
}

# What the agent of the node has, and how far it is.
node_status() { kubectl -n aquifer-system exec daemonset/aquifer-node -c fetch -- aquifer-node status; }

# While the pods wait for the fill, and after it for their mounts, shows how far it is.
start_readers() {
  local tenant waiting start=$SECONDS
  printf 'Starting %d pods of each of them at once:\n' "$pods_each"
  for tenant in "${tenants[@]}"; do
    readers "$tenant" | kubectl apply -f - >>"$log"
  done
  await_readers >>"$log" 2>&1 &
  waiting=$!
  follow_fill "$waiting"
  wait "$waiting"
  node_status
  printf '%-62s%4d s\n' "All of them are ready" $((SECONDS - start))
}

await_readers() {
  local tenant
  for tenant in "${tenants[@]}"; do
    kubectl -n "$tenant" rollout status deployment/readers --timeout=300s
  done
}

# The dataset's row, again and again while a process runs: on a terminal one line that is rewritten, else a line when it changes.
follow_fill() { # PID
  local row last='' columns=0
  [[ ! -t 1 ]] || columns=$(tput cols 2>/dev/null) || columns=80
  while kill -0 "$1" 2>/dev/null; do
    row=$(node_status | awk '$1 == "climate-ref/ref" && (!row || $3 == "filling") {row = $0} END {print row}') || row=''
    if [[ $row && $row != "$last" ]]; then
      # a line that wraps could not be rewritten
      if ((columns)); then printf '\r\033[K%s' "${row:0:columns-1}"; else printf '%s\n' "$row"; fi
      last=$row
    fi
    sleep 0.5
  done
  ((columns == 0)) || printf '\r\033[K'
}

# What crossed the wire is what the volume holds, however many pods read it; and all of them read the same.
show_crossing() {
  local tenant sums bytes dataset pods answers distinct
  bytes=$(crossed)
  dataset=$(cluster node-exec 1 find /srv/shared/climate-ref-ref-data -type f -not -path '*/software/*' \
    -not -path '*/results/*' -not -path '*/scratch/*' -not -path '*/log/*' -printf '%s\n' | awk '{n += $1} END {printf "%d\n", n}')
  sums=$(for tenant in "${tenants[@]}"; do
    kubectl -n "$tenant" logs -l app=readers --tail=1 --max-log-requests=50
  done)
  pods=$((pods_each * ${#tenants[@]}))
  answers=$(wc -l <<<"$sums")
  distinct=$(sort -u <<<"$sums" | wc -l)
  printf '\n%d pods of %d tenants read %d bytes each: %d bytes came from the origin; %d checksums, %s\n' \
    "$pods" "${#tenants[@]}" "$dataset" "$bytes" "$answers" \
    "$([[ $distinct == 1 ]] && echo "all the same" || echo "NOT THE SAME")"
  ((bytes == dataset && answers == pods && distinct == 1))
}

cached_refusals() {
  local pod refusal
  pod=$(kubectl -n anna get pods -l app=readers -o jsonpath='{.items[0].metadata.name}')
  printf '\nwriting, as root in a pod of a tenant:\n'
  for refusal in 'echo x >/ref/new' 'echo x >>/ref/data/1' 'rm /ref/data/1' 'mv /ref/data/1 /ref/data/0'; do
    if refusal="$refusal: $(kubectl -n anna exec "$pod" -- sh -c "$refusal" 2>&1)"; then
      echo "  NOT REFUSED: $refusal" && return 1
    fi
    printf '  %s\n' "${refusal%%$'\n'*}"
  done
}
