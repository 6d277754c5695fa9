"""What an answer to a lead starts from: who it goes to, from which address, about what, in which thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.rules.capture.addresses import addresses_in, read_mailboxes
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.parts import take_apart
from leaddesk.rules.person import email_key
from leaddesk.words.account import Account
from leaddesk.words.lead import Direction, Enquiry, Person, Touch

PLAIN_SUBJECT = "Your enquiry"

_SUBJECT_LENGTH = 120
_WORDS_LENGTH = 60
_MOST_ADDRESSES = 50
"""So many addresses of one text are compared."""
_REPLY_MARK = re.compile(
    r"(re|aw|antw|antwort|sv|vs|odp|rif|ref|rv|r|res|ynt|bls|回复|答复|返信)(\[\d{1,3}\])?\s{0,3}[:：]\s*",
    re.IGNORECASE,
)
_SUBJECT_LABELS = frozenset(
    (
        "subject",
        "betreff",
        "sujet",
        "objet",
        "asunto",
        "oggetto",
        "onderwerp",
        "assunto",
        "ämne",
        "emne",
        "temat",
    )
)
_GREETING = re.compile(
    r"(hi|hello|hey|dear|good (morning|afternoon|evening)|hallo|guten (tag|morgen|abend)|liebe|lieber|sehr "
    r"geehrte|moin|bonjour|bonsoir|hola|buenos|buenas|ciao|buongiorno|salve|olá|goededag|hej)\b[^?.]{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """One mail of the conversation, as a thread needs it; its bytes are in `mail` or `outgoing`."""

    at: datetime
    ours: bool
    message_id: str
    subject: str
    mail: int | None = None
    outgoing: int | None = None


def last_word(touches: Iterable[Touch]) -> Touch | None:
    """The latest thing they said themselves: what an answer answers."""
    theirs = [t for t in touches if t.direction is Direction.IN and not t.automatic]
    return max(theirs, key=lambda t: (t.at, t.id), default=None)


def answered(letters: Sequence[Letterhead], since: datetime | None) -> Letterhead | None:
    """The mail that an answer threads to: the latest one, no matter who wrote it.

    `since` is when the form's notice came that is answered, if it is one: the notice's own Message-ID means
    nothing to the person, and a new question does not belong into an older thread, so only mails of ours
    that followed it count.
    """
    fitting = [each for each in letters if since is None or (each.ours and each.at >= since)]
    return max(fitting, key=lambda each: each.at, default=None)


def own_address(account: Account, written_to: Iterable[str]) -> str:
    """The address of the account that they wrote to, else its main one."""
    own = {email_key(each): each for each in (account.email, *account.own_addresses)}
    return next((own[key] for each in written_to if (key := email_key(each)) in own), account.email)


def their_address(person: Person, wrote_from: str | None, raw: bytes = b"") -> str | None:
    """The person's address: the one they last wrote from, else the first known. Never a robot's.

    `raw` is the mail that brought their last words. Where a robot or a colleague sent it, the address that
    it tells is theirs: somebody may have given another one before, and a portal gives one for each enquiry.
    """
    known = {email_key(each): each for each in person.emails}
    if len(known) > 1 and email_key(wrote_from or "") not in known:
        told = next((email_key(each) for each in _addresses_told(raw) if email_key(each) in known), None)
        return known[told] if told is not None else person.emails[0]
    return known.get(email_key(wrote_from or "")) or next(iter(person.emails), None)


def _addresses_told(raw: bytes) -> Iterator[str]:
    """Whom the mail's answers go to, then those in its text. Bounded, as bytes from outside must be."""
    mail = take_apart(raw)
    boxes = (box for value in mail.headers.all("reply-to") for box in read_mailboxes(value))
    yield from (box.address for box in boxes if box.address)
    for part in mail.parts:
        if part.type.startswith("text/") and not part.is_attachment:
            yield from addresses_in(part.text(), _MOST_ADDRESSES)


def subject_of(thread: Letterhead | None, enquiry: Enquiry | None, *, is_form: bool) -> str:
    """`Re:` and their subject; a form has its subject field or their first words; else a plain one."""
    if thread is not None:
        theirs = thread.subject
    elif enquiry is None:
        theirs = ""
    elif is_form:
        theirs = _subject_field(enquiry.fields) or first_words(enquiry.message)
    else:
        theirs = enquiry.subject
    bare = without_reply_marks(theirs)
    return f"Re: {bare}" if bare else PLAIN_SUBJECT


def without_reply_marks(subject: str) -> str:
    """A subject on one line, without the Re:, AW:, SV: ... that stand before it.

    >>> without_reply_marks("AW: Re[2]: SV: Offer"), without_reply_marks("Resin floor")
    ('Offer', 'Resin floor')
    """
    bare = one_line(subject)
    while match := _REPLY_MARK.match(bare):
        bare = bare[match.end() :]
    return bare[:_SUBJECT_LENGTH].strip()


def first_words(message: str) -> str:
    """The first words of a message that say something, cut at a word.

    >>> first_words("Hello there,\\n\\ndo you fit a counter of 3 m?")
    'do you fit a counter of 3 m?'
    """
    lines = [line for line in map(one_line, message[:2000].splitlines()) if line]
    telling = next((line for line in lines if not _GREETING.fullmatch(line.rstrip(",!. "))), "")
    if len(telling) <= _WORDS_LENGTH:
        return telling
    cut = telling[:_WORDS_LENGTH].rsplit(" ", 1)[0]
    return f"{cut.rstrip(',;:- ')}…"


def _subject_field(fields: Mapping[str, str]) -> str:
    named = (text for label, text in fields.items() if label.strip(" :*").casefold() in _SUBJECT_LABELS)
    return next((line for text in named if (line := one_line(text))), "")
