"""What a row of the queue says of itself in a word or two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.words.states import What
from leaddesk_ui.today.wording import spoken, tag

from .fake_desk import NOW, ROWS


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
