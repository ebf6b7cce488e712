"""What climate-ref's Celery application does with /ref, and no more."""

import os
import pathlib
import shutil

import celery

app = celery.Celery("tasks", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.task_routes = {"tasks.run": {"queue": "example"}}
REF = pathlib.Path("/ref")


def writable(path):
    """Whether a file can be made there."""
    try:
        probe = REF / path / "probe"
        probe.touch()
        probe.unlink()
        return True
    except OSError:
        return False


@app.task
def setup(name):
    """Of the orchestrator: ref providers setup."""
    (REF / "software" / name).write_text("environment of " + name)


@app.task
def run(name):
    """Of a provider's worker: reads the configuration and its software, and works in scratch."""
    work = REF / "scratch" / name
    work.mkdir()
    (work / "result").write_text("of " + name)
    return {
        "configuration": (REF / "ref.toml").read_text(),
        "software": (REF / "software" / "example").read_text(),
        "results": os.listdir(REF / "results"),
        "writes": [path for path in (".", "software", "scratch", "results", "log") if writable(path)],
    }


@app.task
def handle_result(name):
    """Of the orchestrator: what a worker made becomes a result."""
    shutil.copytree(REF / "scratch" / name, REF / "results" / name)
