"""A window that stays open over midnight: what it called today is yesterday by then."""

from __future__ import annotations

from datetime import timedelta

from leaddesk_ui.lead.bubble import Bubble
from leaddesk_ui.text import Words
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import FakeDesk


def times(window: Window) -> list[str]:
    """What stands at the right of each bubble."""
    return [bubble.findChildren(Words)[1].text() for bubble in window.lead.findChildren(Bubble)]


def test_a_lead_that_is_open_at_midnight_tells_its_times_anew(
    window: Window, desk: FakeDesk, settle: Settle
) -> None:
    window.lead.open(1)
    settle()
    before = times(window)
    assert before
    assert not any(text.startswith("yesterday") for text in before)
    desk.clock.time += timedelta(days=1)
    window.lead._on_tick()
    settle()
    assert [text.removeprefix("yesterday ") for text in times(window)] == before
    assert all(text.startswith("yesterday") for text in times(window))
