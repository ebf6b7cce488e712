# The hub of a test, outside of the cluster: what the example says of shared data, and where everything is here.
import os

c = get_config()  # noqa: F821
load_subconfig(os.environ["EXAMPLE"])  # noqa: F821

programs = os.environ["PROGRAMS"]
host = os.environ["HUB_HOST"]
hub, proxy, proxy_api = os.environ["HUB_PORTS"].split(",")

c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.bind_url = f"http://127.0.0.1:{proxy}"
c.JupyterHub.hub_bind_url = f"http://{host}:{hub}"
c.JupyterHub.db_url = "sqlite:///jupyterhub.sqlite"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_api}"
c.ConfigurableHTTPProxy.command = ["node", f"{programs}/node_modules/configurable-http-proxy/bin/configurable-http-proxy"]
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0}  # a request for a server is answered at once
c.JupyterHub.services = [{"name": "test", "api_token": os.environ["HUB_TOKEN"]}]
c.JupyterHub.load_roles = [
    {"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "tokens"]},
]

c.KubeSpawner.image = "jupyterhub:1"
c.KubeSpawner.image_pull_policy = "Never"
c.KubeSpawner.cmd = ["-m", "jupyterhub.singleuser"]  # the image starts Python
# without it a pod comes last of all
c.KubeSpawner.cpu_guarantee = 0.4
c.KubeSpawner.notebook_dir = "/"
c.KubeSpawner.uid = 1000
c.KubeSpawner.gid = 1000
c.KubeSpawner.environment = {"HOME": "/tmp"}
c.KubeSpawner.delete_stopped_pods = False  # their logs say why
# a busy machine is slow
c.KubeSpawner.k8s_api_request_timeout = 30
c.KubeSpawner.k8s_api_request_retry_timeout = 120
c.KubeSpawner.start_timeout = 300
c.KubeSpawner.http_timeout = 300
