# shellcheck shell=bash
# Our own images and chart on the cluster.

# e2e/image prints the paths of image archives, one per line, and builds only what is stale. Each image's key stands on its
# pods, so that they are replaced when the image is another under the same name, and only then.
install() { # HELM ARGUMENT...
  local images key image=() release manifests level=restricted
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
  release=(aquifer "$e2e/../manifests/chart" --namespace aquifer-system "${image[@]}" "$@")
  # the namespace is held to what the pods need, as the chart's notes say
  manifests=$(helm upgrade --install --dry-run=client "${release[@]}")
  [[ $manifests != *$'\nkind: DaemonSet\n'* ]] || level=privileged
  (kubectl apply --server-side --filename - >&2 <<TEXT
apiVersion: v1
kind: Namespace
metadata:
  name: aquifer-system
  labels: {pod-security.kubernetes.io/enforce: $level}
TEXT
  )
  helm upgrade --install --wait "${release[@]}"
}
