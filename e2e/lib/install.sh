# shellcheck shell=bash
# Our own images and chart on the cluster.

# e2e/image prints the paths of image archives, one per line, and builds only what is stale.
install() { # HELM ARGUMENT...
  local images
  images=$("$e2e/image") || die "the images were not built; what e2e/image printed above says why"
  mapfile -t images <<<"$images"
  (load "${images[@]}")
  helm upgrade --install aquifer "$e2e/../manifests/chart" --namespace aquifer-system --create-namespace --wait "$@"
}
