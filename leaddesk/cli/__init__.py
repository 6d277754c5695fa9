"""The command line: the second face of the same core, a module a subject."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaddesk.cli.call import Faces, Wish
    from leaddesk.cli.program import run

__all__ = ["Faces", "Wish", "run"]


def __getattr__(name: str) -> Any:
    """Loaded when asked for: a window needs only the log from here."""
    if name not in __all__:
        raise AttributeError(name)
    module = "program" if name == "run" else "call"
    return getattr(importlib.import_module(f"leaddesk.cli.{module}"), name)
