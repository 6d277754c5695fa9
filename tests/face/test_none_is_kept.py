"""PySide6 6.12.0 gives away references to None on Python 3.11 and aborts: a pinned version must not."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_a_thousand_void_calls_cost_none_no_references(qapp: object) -> None:
    one = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        one.setObjectName("x")
    assert sys.getrefcount(None) > before - 50
