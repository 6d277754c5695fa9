"""The country that this machine is set up for: the only place that asks for it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

from leaddesk.words.countries import COUNTRIES

_NAMES = ("LC_ALL", "LC_TELEPHONE", "LC_ADDRESS", "LC_CTYPE", "LANG")
"""The variables that tell it on Unix, the weightiest first."""
_LOCALE = re.compile(r"[A-Za-z]{2,3}[_-]([A-Za-z]{2})\b")
_LETTERS = 16
"""Room for Windows' answer, which has two."""


def country() -> str:
    """Two letters of `COUNTRIES`; empty where the machine tells none (the locale C, say)."""
    return _windows() if sys.platform == "win32" else country_of(os.environ)


def country_of(environment: Mapping[str, str]) -> str:
    """The country of the locale that these variables tell.

    >>> country_of({"LANG": "de_CH.UTF-8"}), country_of({"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"})
    ('CH', '')
    """
    told = next((environment[name] for name in _NAMES if environment.get(name)), "")
    found = _LOCALE.match(told)
    code = found[1].upper() if found else ""
    return code if code in COUNTRIES else ""


def _windows() -> str:
    """The country of the region that is chosen in Windows' settings; older Windows tell none."""
    import ctypes  # noqa: PLC0415 - only here

    kernel = getattr(ctypes, "windll", None)
    ask = getattr(kernel.kernel32, "GetUserDefaultGeoName", None) if kernel is not None else None
    if ask is None:
        return ""
    answer = ctypes.create_unicode_buffer(_LETTERS)
    ask(answer, _LETTERS)
    return answer.value if answer.value in COUNTRIES else ""
