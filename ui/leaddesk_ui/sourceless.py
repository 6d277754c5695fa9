"""Spares PySide a look into the source of every module that is loaded.

For each import PySide reads the module's whole source and keeps it, only to see whether it names PySide and
so may have switched on its `__feature__` names. We never do; and in a frozen program, where there is no
source, it does without as well. It costs a tenth of the start and ten megabytes.
"""

from __future__ import annotations

import importlib
import linecache

import PySide6.QtCore  # noqa: F401 - with it, PySide begins to look

_LOOK = "_mod_uses_pyside"


def _uses_no_features(module: object) -> bool:
    return False


def spare_sources() -> None:
    """From now on. Where a PySide has no such look, nothing changes."""
    try:
        feature = importlib.import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, _LOOK):
        setattr(feature, _LOOK, _uses_no_features)
        linecache.clearcache()
