"""A mail on the scales: the weights by which it is told whether anybody asks for something in it."""

from __future__ import annotations

from functools import cached_property

from leaddesk.rules.capture import mailing, robots
from leaddesk.rules.capture.evidence import FORWARD_PREFIX, REPLY_PREFIX
from leaddesk.rules.capture.machine_notice import names_machine
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.quotes import Parted
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_LINKS = ("https://", "http://", "www.")


class Paper:
    """The mail as it is weighed here; each weight is worked out when it is first asked for."""

    def __init__(self, mail: Opened, parted: Parted, vocabulary: Vocabulary, language: str) -> None:
        self.mail = mail
        self.parted = parted
        self.vocabulary = vocabulary
        self.language = language
        self.subject = fold_text(mail.subject)

    @cached_property
    def own_words(self) -> str:
        """What was written, its end and its signature included, without what is quoted."""
        return f"{self.parted.visible[:6000]}\n\n{self.parted.signature[-2000:]}"

    @cached_property
    def mass_sentences(self) -> list[str]:
        return mailing.mass_sentences(self.own_words, self.language)

    @cached_property
    def mass(self) -> int:
        """How many signs say that this went to many."""
        ends = f"{self.parted.visible[-2000:]}\n{self.parted.signature[-2000:]}"
        return self.vocabulary.text["mass"].count_in(fold_text(ends))

    @cached_property
    def _beside_mass(self) -> str:
        """What was written without the sentences about the list itself."""
        text = " ".join(self.parted.visible[:4000].split())
        for sentence in self.mass_sentences:
            text = text.replace(sentence, " ")
        return text

    @cached_property
    def asks(self) -> bool:
        """A question mark that is not the list's own ("No more mails?")."""
        return "?" in self._beside_mass or "\uff1f" in self._beside_mass

    @cached_property
    def wishes(self) -> bool:
        """ "Could you", "I am looking for": a phrase of somebody who wants something of us."""
        folded = mailing.without_announcements(fold_text(self._beside_mass[:3000]))
        return self.vocabulary.text["request"].found_in(folded) is not None

    @cached_property
    def speaks(self) -> bool:
        """Somebody says "I" or "we"."""
        return mailing.shipped_mailing().speaks(fold_text(self.parted.visible[:3000]), self.language)

    @cached_property
    def speaks_alone(self) -> bool:
        """Somebody says "I"."""
        folded = fold_text(f"{self.mail.subject}\n{self._beside_mass[:3000]}")
        return mailing.shipped_mailing().speaks_alone(folded, self.language)

    @property
    def links(self) -> bool:
        return any(link in self.mail.lines[:8000] for link in _LINKS) or "href=" in self.mail.html[:20_000]

    @property
    def answers(self) -> bool:
        """It claims to answer or to pass on something."""
        subject = self.mail.subject
        told = bool(self.mail.headers.get("in-reply-to"))
        return told or bool(REPLY_PREFIX.match(subject)) or bool(FORWARD_PREFIX.match(subject))

    @property
    def _shown_words(self) -> list[str]:
        return [word for name in robots.spellings(self.mail.sender.name) for word in name.split()]

    @property
    def is_person(self) -> bool:
        """The sender's address is made of the name that is shown."""
        local = fold(robots.local_part(self.mail.sender.address))
        words = [word for word in self._shown_words if len(word) > 2]
        office = mailing.shipped_mailing().is_office
        return len(fold(self.mail.sender.name[:80]).split()) >= 2 and any(
            word in local and not office(word) and not names_machine(word) for word in words
        )

    @property
    def is_organisation(self) -> bool:
        """The sender is called what its domain is called, at least in part."""
        domain = robots.domain_of(self.mail.sender.address).replace("-", "")
        shown = self.mail.sender.name
        words = [word for word in self._shown_words if len(word) > 3]
        return robots.is_brand(shown, self.mail.sender.address) or any(word in domain for word in words)
