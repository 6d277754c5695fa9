"""Every reader under atheris, which looks for new paths by itself: for a night, where it is installed.

LEADDESK_FUZZ=20 in the environment runs twenty times two thousand cases of each, the same ones each time.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.scoring import CORPORA

ROOT = Path(__file__).parents[2]
TIMES = int(os.environ.get("LEADDESK_FUZZ", "0"))
RUNS, SEED = 2000, 7
FOLDERS = {"mail": "mail", "table": "csv", "card": "vcard", "html": "torture", "letter": "replies"}
_SLOWEST_S = 2
"""Of one case, by libFuzzer's clock: the code is slowed down several times while it is watched."""

pytestmark = [
    pytest.mark.skipif(not TIMES, reason="LEADDESK_FUZZ is not set"),
    pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed"),
]


@pytest.mark.parametrize("reader", FOLDERS)
def test_nothing_comes_out_of_a_reader(reader: str, tmp_path: Path) -> None:
    flags = [f"-seed={SEED}", f"-runs={RUNS * TIMES}", "-max_len=8192", f"-timeout={_SLOWEST_S}"]
    flags += [f"-artifact_prefix={tmp_path}/", str(tmp_path / "found"), str(CORPORA / FOLDERS[reader])]
    (tmp_path / "found").mkdir()
    command = [sys.executable, "-m", "tests.fuzz.targets", reader, *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
