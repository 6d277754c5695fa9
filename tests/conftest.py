"""What every test stands on: without a screen, Qt draws offscreen; one reader child for all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from leaddesk.doors.mail.reader import Reader

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """pytest-qt's application begins as the program's."""
    from leaddesk_ui.theme import ARGUMENTS

    return list(ARGUMENTS)


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """The real reader child: starting one takes a third of a second."""
    from leaddesk.doors.mail.reader import Reader

    with Reader() as made:
        yield made
