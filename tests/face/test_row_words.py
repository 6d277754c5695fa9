"""What a row of the queue says of itself in a word or two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.words.states import What
from leaddesk_ui.today.wording import spoken, tag

from .fake_desk import NOW, ROWS


@pytest.mark.parametrize(
    ("source", "brief"),
    [
        ("Email to info@lofts.example", "email"),
        ("Email, entered by hand", "email"),
        ("Google Ads: spring", "Google Ads"),
        ("Phone · to the office", "phone"),
    ],
)
def test_a_long_source_leaves_room_for_whose_it_is(source: str, brief: str) -> None:
    assert tag(replace(ROWS[0], source=source, whose="Ben")) == f"new · {brief} · Ben"


@pytest.mark.parametrize(
    ("what", "is_step", "says"),
    [
        (What.NEW, False, "new · website"),
        (What.REPLY, False, "replied · website"),
        (What.REPLY, True, "mail due · website"),
        (What.CALL, True, "call due · website"),
        (What.DECIDE, True, "decide · website"),
    ],
)
def test_a_mail_that_is_due_is_not_called_their_answer(what: What, is_step: bool, says: str) -> None:
    row = replace(ROWS[0], what=what, is_step=is_step, source="Website: prices")
    assert tag(row) == says
    assert says.split(" · ", maxsplit=1)[0] in spoken(row, NOW)
