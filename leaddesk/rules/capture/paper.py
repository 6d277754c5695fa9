"""A mail on the scales: the weights by which it is told whether anybody asks for something in it."""

from __future__ import annotations

import re
from functools import cached_property

from leaddesk.rules.capture import mailing, robots
from leaddesk.rules.capture.evidence import FORWARD_PREFIX, REPLY_PREFIX
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.machine_notice import names_machine
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.quotes import Parted
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_BENT = {
    "it": re.compile(r".{0,30}iamo|ho|sono|vorrei|faccio|devo|.{1,30}[ei]r\u00f2", re.IGNORECASE),
    "es": re.compile(r".{0,30}[aei]mos|soy|estoy|tengo|he|hago|veo|llamo", re.IGNORECASE),
    "pl": re.compile(
        r".{0,30}(?:uj\u0119|[aeiy\u0142]my|\u0142[ae]m)|(?:chc|mog|licz|widz|robi|pisz)\u0119|jestem",
        re.IGNORECASE,
    ),
    "pt": re.compile(r".{0,30}[aei]mos|sou|estou|tenho", re.IGNORECASE),
}
"""Whole words bent to "I" or "we"."""
_WORD = re.compile(r"[^\W\d_]{2,32}")
_SUM = r"(?:eur|usd|gbp|pln|[\u20ac\u00a3$])\s?\d|\d\s?(?:eur|usd|gbp|pln|z\u0142|[\u20ac\u00a3$\u5186])"
_FIGURES = re.compile(
    r"(?<!\d)\d{1,2}[:h]\d{2}(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?!\d)|20\d\d-\d\d-\d\d|"
    rf"{_SUM}|(?<![\d+])\d{{6,}}|\d\u6642",
    re.IGNORECASE,
)
_SUMS = re.compile(_SUM, re.IGNORECASE)
_MEASURES = re.compile(
    r"(?<![\dx])\d{1,4}(?:[.,]\d{1,2})?\s?(?:[cm]m)?\s?[x\u00d7]\s?\d{2,4}(?!\d|\s?(?:dpi|px))|"
    r"\d\s?(?:m2|m\u00b2|qm|sq ?m|sqm|sq ?ft|mq|cm|mm|\u33a1|\u7573)\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"(?:(?<=[^\n]{6}[ :])|(?<=[^\n]{6}:\n)|(?<=[^\n]{6}: ))https?://")
_ASKED_AND_LED = re.compile(r"\?[^?\n]{0,80}\s?https?://")
_SERVICE = re.compile("[\u3041-\u30ff]|\u9280\u884c|\u4fbf|\u4f1a\u793e|\u4e8b\u52d9\u5c40")
"""Kana without a space, or a word of firms, in a Japanese sender's name."""
_KEEPERS = ("buchhaltung", "versand", "kundenservice", "verwaltung", "boekhouding", "administratie")
"""Ends of the compounds by which offices that keep our account are called."""
_OPEN_TO_QUESTIONS = re.compile(
    r"\b(?:(?:haben sie|any|noch|des|une|more|other|tienes?|alguna|avete|heeft u|czy ma pan|masz) )?"
    r"(?:fragen|questions?|dudas|preguntas?|domande|vragen|pytania|need help|hilfe n\u00f6tig|"
    r"besoin d['\u2019]aide|necesitas ayuda|hai bisogno di aiuto|hulp nodig|potrzebujesz pomocy)\s?\?",
    re.IGNORECASE,
)
"""A question that only says that one may ask."""
_LINKS = ("https://", "http://", "www.")


def _is_short_for(local: str, shown: str) -> bool:
    """The address is the capitals of a name that is more than they: "St Anne's PTA"."""
    return len(local) <= 4 and not shown.isupper() and local.upper() in shown.split()


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
        written = f"{self.parted.visible[:6000]}\n\n{self.parted.signature[-2000:]}"
        return _OPEN_TO_QUESTIONS.sub(" ", written)

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
        return _OPEN_TO_QUESTIONS.sub(" ", text)

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
    def sells(self) -> bool:
        """A supplier's words: "our price list", "your order by return"."""
        return self.vocabulary.spam["supplier"].found_in(fold_text(self.own_words[:3000])) is not None

    @property
    def leads_on(self) -> bool:
        """ "See it https://...": words lead on to a page, and no question stands but before such words."""
        text = self.parted.visible[:3000]
        if not _LEADS_ON.search(text):
            return False
        return self._beside_mass.count("?") <= len(_ASKED_AND_LED.findall(text))

    @property
    def bends_to_we(self) -> bool:
        """A verb bent to "I" or "we", in languages that leave those words out; "we inform you" is none."""
        pattern, tells = _BENT.get(self.language), mailing.shipped_mailing().tells
        if pattern is None:
            return False
        return any(
            pattern.fullmatch(word) and not tells(fold(word)) for word in _WORD.findall(self.own_words[:3000])
        )

    @property
    def measures(self) -> bool:
        """Lengths and areas: what is wanted to measure, which no notice tells."""
        return _MEASURES.search(f"{self.mail.subject}\n{self.own_words[:3000]}") is not None

    @property
    def figures(self) -> bool:
        """A time by the clock, a sum of money, a full date or a long number: what notices tell."""
        return _FIGURES.search(f"{self.mail.subject}\n{self.own_words[:3000]}") is not None

    @property
    def encloses_sums(self) -> bool:
        """Money is told of, and a paper lies in it."""
        enclosed = any(file.type == "application/pdf" for file in self.mail.attachments)
        return enclosed and _SUMS.search(self.own_words[:3000]) is not None

    @property
    def is_owed(self) -> bool:
        """A sum is told that we have not paid."""
        folded = fold_text(f"{self.mail.subject}\n{self.own_words[:3000]}")
        return self.figures and mailing.shipped_mailing().has("owed", folded)

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
        shown = self.mail.sender.name[:80]
        words = [word for word in self._shown_words if len(word) > 2]
        if len(fold(shown).split()) < 2 or self.is_office or _is_short_for(local, shown):
            return False
        return any(word in local and not names_machine(word) for word in words)

    @property
    def _local_words(self) -> list[str]:
        return fold(robots.local_part(self.mail.sender.address)[:60]).split()

    @property
    def serves_us(self) -> bool:
        """The address is an office's that delivers, charges or reminds, and buys nothing."""
        words = mailing.shipped_mailing()
        shown = fold(self.mail.sender.name[:80])
        return any(words.has("serves", f" {word} ") for word in self._local_words) or shown.endswith(_KEEPERS)

    @cached_property
    def is_office(self) -> bool:
        """The address is called what an office is called, or the name shown begins with it; no freemail."""
        address, office = self.mail.sender.address, mailing.shipped_mailing().is_office
        if is_freemail(robots.domain_of(address)):
            return False
        if self.serves_us or any(office(word) for word in self._local_words):
            return True
        shown = self.mail.sender.name[:80].split()
        return bool(shown) and office(fold(shown[0]))

    @property
    def is_organisation(self) -> bool:
        """The sender is called what its domain is called, at least in part."""
        domain = robots.domain_of(self.mail.sender.address).replace("-", "")
        shown = self.mail.sender.name
        if self.language == "ja" and " " not in shown and _SERVICE.search(shown[:80]):
            return True
        words = [word for word in self._shown_words if len(word) > 3]
        return robots.is_brand(shown, self.mail.sender.address) or any(word in domain for word in words)
