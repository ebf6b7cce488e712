# shellcheck shell=bash
# Our own images and chart on the cluster.

# e2e/image prints the paths of image archives, one per line, and builds only what is stale. Each image's key stands on its
# pods, so that they are replaced when the image is another under the same name, and only then.
install() { # HELM ARGUMENT...
  local images key image=()
  if [[ -z $context || $* != *image.re[gp]* ]]; then
    need_loadable
    images=$("$e2e/image") || die "the images were not built; what e2e/image printed above says why"
    mapfile -t images <<<"$images"
    (load "${images[@]}")
    key=$(basename "$(dirname "${images[0]}")")
    image=(--set-string "admission.podAnnotations.aquifer\\.dev/image=$key,binder.podAnnotations.aquifer\\.dev/image=$key")
    key=$(basename "$(dirname "${images[1]}")")
    image+=(--set-string "cache.podAnnotations.aquifer\\.dev/image=$key")
  fi
  helm upgrade --install aquifer "$e2e/../manifests/chart" --namespace aquifer-system --create-namespace --wait \
    "${image[@]}" "$@"
}
