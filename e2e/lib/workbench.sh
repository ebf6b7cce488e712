# shellcheck shell=bash
# Case 2 in the demo: one volume in the namespaces of all users, who come after it.

share_courseware() {
  kubectl apply -f "$examples/workbench/owner.yaml"
  volume courseware shared
  kubectl apply -f "$examples/workbench/lesson.yaml"
  kubectl -n courseware wait --for=condition=Complete job/lesson --timeout=180s
  kubectl apply -f "$examples/workbench/shared-volume.yaml"
  kubectl -n courseware wait --for=condition=SourceReady sharedvolume/shared --timeout=180s
}

# The users' namespaces are new: the pods are made at once, and start when their claims are bound.
welcome() {
  kubectl apply -f "$examples/workbench/users.yaml"
  known user-bob courseware/shared
  kubectl -n user-alice apply -f "$examples/workbench/notebook.yaml" -f "$examples/workbench/author.yaml"
  kubectl -n user-bob apply -f "$examples/workbench/notebook.yaml" -f "$examples/workbench/old-notebook.yaml"
  kubectl -n user-alice wait --for=condition=Ready pod/notebook pod/author --timeout=180s
  kubectl -n user-bob wait --for=condition=Ready pod/notebook pod/old-notebook --timeout=180s
}

# What case 2 says, per path: the marker file in it, then the pods.
users_table() {
  table user-alice/{notebook,author} user-bob/{notebook,old-notebook} <<'TEXT'
/shared          marker  RO      RO  RO      RO
/shared/lessons  marker  RO      RO  RO      RO
/shared/drafts   marker  hidden  RW  hidden  hidden
TEXT
}

user_refusals() {
  printf '\nrefused, as it must be:\n'
  pod user-carol courseware/shared | refused "a namespace that is granted nothing" 'is not available to service account "default"'
  pod user-bob courseware/shared@author | refused "a role that is granted to another user" 'is not available to service account "default"'
  by_hand user-bob | refused "a tenant's own way to the claim, writable" 'admission'
}

# A pod that names the tenant's claim by itself, writable: no annotation, no label that a role selects.
by_hand() { # NAMESPACE
  local claim
  claim=$(kubectl -n "$1" get pvc -l aquifer.dev/mode=ro -o name)
  cat <<TEXT
apiVersion: v1
kind: Pod
metadata: {name: refused, namespace: $1}
spec:
  containers: [{name: main, image: "busybox:1", volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: ${claim#*/}}}]
TEXT
}

bindings() {
  printf '\nwhat the owners see:\n'
  kubectl get sharedvolumes -A | sed 's/^/  /'
}

# The owner takes back what he gave: the claim goes from the namespace of a user who has no pod that uses it.
revoke() {
  kubectl -n user-bob delete pod notebook old-notebook --grace-period=0 --force
  kubectl label namespace user-bob workbench/user-
  kubectl -n user-bob wait --for=delete pvc -l app.kubernetes.io/managed-by=aquifer --timeout=180s
}
