"""Who of the demo's customers answers a mail of ours, with what, and after how long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from leaddesk.demo.cast import Cast, Person
from leaddesk.demo.letter import Letter

_CHANCES = (0.8, 0.6)
"""That somebody answers our first mail to them, our second; further ones are never answered."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly the demo lives, in seconds."""

    first: float = 6
    """Until the first enquiry."""
    shortest: float = 20
    """Between the first two enquiries; the gaps grow ..."""
    longest: float = 60
    """... up to this."""
    answer: tuple[float, float] = (8, 20)
    """From our mail to their answer, from and to."""

    def arrivals(self, count: int, random: Random) -> tuple[float, ...]:
        """When each of `count` enquiries lands, in seconds from the start."""
        times, at = [], self.first
        for number in range(count):
            times.append(at)
            grown = self.shortest + (self.longest - self.shortest) * (number + random.random()) / count
            at += grown
        return tuple(times)

    def until_answer(self, random: Random) -> float:
        return random.uniform(*self.answer)


class Conversation:
    """Remembers how often we wrote to each. The first mail of all is always answered, so that it is seen."""

    def __init__(self, cast: Cast, random: Random) -> None:
        self._cast = cast
        self._random = random
        self._letters: Counter[str] = Counter()

    def answer(self, letter: Letter) -> tuple[Person, str] | None:
        """Who answers this letter of ours, and what; None when nobody does."""
        name, address = letter.to[0]
        if letter.automatic or address.lower() == letter.sender.lower():
            return None
        number = self._letters[address.lower()]
        is_first = not self._letters
        self._letters[address.lower()] += 1
        person = self._cast.person(address, name)
        if number >= min(len(person.answers), len(_CHANCES)):
            return None
        if not is_first and self._random.random() >= _CHANCES[number]:
            return None
        return person, person.answers[number]
