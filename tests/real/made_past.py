"""A mailbox's past as it is made for tests and benches, with the truth about it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.letters import answer, form_notice, letter
from tests.real.watched import ago

_WORDS = (
    "roof", "stairs", "window", "spring", "builder", "quote", "morning", "visit", "garden", "chimney",
    "insulation", "beam", "permit", "lift",
)  # fmt: skip
_HOURS = (0.05, 0.4, 0.9, 7.0, 60.0)


@dataclass
class MadePast:
    """What lies in Inbox and Sent; how many people never had an answer, and the hours that others waited."""

    email: str
    inbox: list[tuple[bytes, datetime]] = field(default_factory=list)
    sent: list[tuple[bytes, datetime]] = field(default_factory=list)
    never: int = 0
    waited: list[float] = field(default_factory=list)

    def ask(self, number: int, dice: random.Random) -> None:
        """Every third by a form, the others by a letter; every fourth is never answered."""
        at, person, is_form = ago(days=4 + dice.random() * 80), f"person{number}@example.org", number % 3 == 0
        asked = f"<ask{number}@example.org>"
        raw = (
            form_notice(f"Ngozi Number {number}", person, f"A loft, please, number {number}.", to=self.email)
            if is_form
            else letter(sender=f"P {number} <{person}>", to=self.email, id=asked)
        )
        self.inbox.append((raw, at))
        if number % 4 == 0:
            self.never += 1
            return
        self.waited.append(dice.choice(_HOURS))
        words = " ".join(dice.sample(_WORDS, 8))  # nobody writes the same to everybody
        back = answer(person, words, answers=None if is_form else asked)
        self.sent.append((back, at + timedelta(hours=self.waited[-1])))


def made_past(email: str, *, people: int, newsletters: int, familiar: int) -> MadePast:
    """The past of `email`: those who asked, newsletters, and a mother to whom somebody writes as often."""
    dice, made = random.Random(7), MadePast(email)
    for number in range(people):
        made.ask(number, dice)
    for number in range(newsletters):
        news = letter(sender=f"news@shop{number}.example", List_Id=f"<news.shop{number}.example>", to=email)
        made.inbox.append((news, ago(days=dice.random() * 80)))
    for number in range(familiar):
        made.sent.append((answer("mum@home.example", "See you.", subject=f"Sunday {number}"), ago(days=88)))
        mail = letter("Sunday?", sender="Mum <mum@home.example>", subject="Sunday", to=email)
        made.inbox.append((mail, ago(days=20)))
    made.inbox.sort(key=lambda each: each[1])
    made.sent.sort(key=lambda each: each[1])
    return made
