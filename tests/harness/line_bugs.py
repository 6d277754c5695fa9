"""Seeded bugs of a connection that carries several mails; `bugs.py` says which look must see each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leaddesk.doors.mail import smtp
from leaddesk.doors.mail.smtp_dialogue import Dialogue, StageTimeouts
from leaddesk.words.outgoing import Delivery, Verdict


def hears_the_first_answer_again(patch: pytest.MonkeyPatch) -> None:
    """What the server said last is kept beside the connection, and read before it is heard anew."""
    write = smtp._write_the_dot
    heard: dict[int, Verdict] = {}

    def once(dialogue: Dialogue, patience: StageTimeouts, step: Callable[[str], None]) -> Verdict:
        verdict = write(dialogue, patience, step)
        return heard.setdefault(id(dialogue), verdict)

    patch.setattr(smtp, "_write_the_dot", once)


def blames_the_next_mail(patch: pytest.MonkeyPatch) -> None:
    """A connection that ends before the second mail's dot counts as a failure of that mail."""

    def again(self: Any) -> Any:
        made = self._line.again(self._goal)
        return self._all_but_the_dot(*made, self._patience) if made is not None else None

    patch.setattr(smtp._Delivery, "_again", again)


def begins_anew_after_the_dot(patch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong on a connection that had carried a mail is put down to it, and tried on another."""
    over = smtp._Delivery.over

    def twice(self: Any, before_commit: Callable[[], None]) -> Verdict:
        is_used = self._line._mails > 0
        verdict = over(self, before_commit)
        if not is_used or verdict.delivery is Delivery.SENT:
            return verdict
        self._line.end()
        return over(self, before_commit)

    patch.setattr(smtp._Delivery, "over", twice)
