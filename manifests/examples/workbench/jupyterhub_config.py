# What a JupyterHub needs to know of shared data: the labels of the namespaces that it makes. KubeSpawner itself gives
# notebooks the label component=singleuser-server, by which the SharedVolume chooses them.
c = get_config()  # noqa: F821

c.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
c.KubeSpawner.enable_user_namespaces = True
c.KubeSpawner.user_namespace_template = "user-{username}"
c.KubeSpawner.user_namespace_labels = {
    "aquifer.dev/inject": "enabled",
    "workbench/user": "true",
    "pod-security.kubernetes.io/enforce": "baseline",
}
c.KubeSpawner.delete_pvc = False  # it makes none, and has no right to them
