"""Windows has no fcntl, pwd, grp and resource: everything of ours must import without them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_IMPORT_ALL = """
import asyncio  # on this system it needs fcntl itself; on Windows it does not
import importlib, importlib.util, pkgutil, sys, traceback

for name in ("fcntl", "pwd", "grp", "resource"):
    sys.modules[name] = None  # from here on: ImportError

def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))

def fail(name):
    traceback.print_exc()
    sys.exit(f"cannot be imported without POSIX's modules: {name}")

count = 0
for package in ("leaddesk", "leaddesk_ui"):
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, package + ".", onerror=fail):
        try:
            importlib.import_module(found.name)
        except ImportError:
            fail(found.name)
        count += 1
load("dev", sys.argv[1])
print(count)
"""


def test_everything_imports_without_posix_modules() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, str(ROOT / "packaging" / "dev.py")],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 8


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'ui'}"}
