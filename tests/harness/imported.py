"""Everything that the program imports late, imported at once: a forked life must not do so each time anew."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from leaddesk import desk
from leaddesk.doors import store


@functools.cache
def import_all() -> None:
    """In the parent, before it forks. Takes a second, and spares each child some 40 ms."""
    for package in (desk, store):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
