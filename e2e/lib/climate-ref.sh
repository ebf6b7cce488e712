# shellcheck shell=bash
# Case 1 in the demo: one volume, read from the node's cache, among four workloads in its owner's namespace.

share_ref() {
  kubectl apply -f "$examples/climate-ref/namespace.yaml"
  volume climate-ref ref-data
  kubectl apply -f "$examples/climate-ref/claim.yaml" -f "$examples/climate-ref/prepare.yaml"
  kubectl -n climate-ref wait --for=condition=Complete job/ref-prepare --timeout=180s
  sed 's#^  mountPath: /ref#&\n  readPath: Cached#' "$examples/climate-ref/shared-volume.yaml" | kubectl apply -f -
  known climate-ref ref
}

work() {
  kubectl apply -f "$examples/climate-ref/workloads.yaml"
  kubectl -n climate-ref wait --for=condition=Available deployment/api deployment/worker deployment/orchestrator --timeout=300s
  kubectl -n climate-ref wait --for=jsonpath='{.status.ready}=1' job/migrate --timeout=180s
}

# What case 1 says, per path: the marker file in it, then api, worker, orchestrator, migrate.
roles_table() {
  table climate-ref/{api,worker,orchestrator,migrate} <<'TEXT'
/ref          ref.toml  RO      RO      RO  RO
/ref/software marker    RO      RO      RW  hidden
/ref/scratch  marker    hidden  own     RW  hidden
/ref/results  marker    RO      hidden  RW  hidden
/ref/log      marker    hidden  hidden  RW  hidden
/tmp          none      own     own     own own
TEXT
}

role_refusals() {
  printf '\nrefused, as it must be:\n'
  pod climate-ref ref@orchestrator | refused "a role that the account is not granted" 'is not available to service account "default"'
  pod climate-ref nothing | refused "a volume that does not exist" 'is not available to service account "default"'
  pod climate-ref 'ref@@worker' | refused "an annotation that cannot be read" 'is not a volume'
  pod climate-ref ref /ref/software | refused "a mount of the pod's own in the way" 'remove that mount'
  sed 's#path: results#path: ../results#' "$examples/climate-ref/shared-volume.yaml" |
    refused "a path that leaves the volume" 'spec.roles'
}
