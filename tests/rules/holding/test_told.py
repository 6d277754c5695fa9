"""The one line about a holding message: its promise, kept or missed, or why none went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.rules.holding.told import told
from leaddesk.words.holding import Held

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NINE = NOW - timedelta(hours=3)
SENT = Held(to=None, rule=None, why="Automatic reply.")


def promised(at: datetime) -> Held:
    return Held(to=None, rule=None, why="Automatic reply.", promised_at=at)


@pytest.mark.parametrize(
    ("held", "answered", "said"),
    [
        (Held(to=None, rule="off", why="No."), None, ""),
        (Held(to=None, rule="A7", why="No automatic reply because …"), None, "No automatic reply because …"),
        (SENT, None, "Automatic reply."),
        (promised(NOW + timedelta(hours=1)), None, "Automatic reply. An answer is promised by 13:00."),
        (promised(NINE), None, "Automatic reply. Promise missed: an answer was promised by 9:00."),
        (
            promised(NINE),
            NINE - timedelta(minutes=18),
            "Automatic reply. Promise kept: answered 8:42, promised by 9:00.",
        ),
        (
            promised(NINE),
            NINE + timedelta(minutes=12),
            "Automatic reply. Promise missed by 12 min: an answer was promised by 9:00.",
        ),
    ],
)
def test_the_line_says_it(held: Held, answered: datetime | None, said: str) -> None:
    assert told(held, answered, NOW, UTC) == said
