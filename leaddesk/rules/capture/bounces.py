"""Delivery reports: which recipient, for good or for now, with what status, about which mail of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.addresses import addresses_in, first_mailbox, valid_address
from leaddesk.rules.capture.headers import Headers, message_ids, read_headers
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.parts import Part
from leaddesk.rules.capture.robots import is_mail_system
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text

_TEXT = 30_000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.:-])([45][0-5]\d)[ :\-](?=[\sA-Za-z<(#\d])")
_COPY = re.compile(
    r"^[ \t]?-{2,20}[^\n]{0,60}?(?:copy of|original message|message header|returned message|below this line|"
    r"kopie|copie|copia)|^(?:received|return-path|message-id):\s",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETED = re.compile(r"<([^<>@\s]{1,64}@[^<>@\s]{3,250})>")
_NOT_YET = re.compile(
    r"delay|not yet|retry|retried|temporar|warning|still being|verz[o\u00f6]g|retard|retras|ritard|"
    r"op[o\u00f3][z\u017a]ni|\u9045\u5ef6|vor\u00fcbergehend|weiter versucht|seguir\u00e1 intentando|"
    r"vertrag|vertraag|noch nicht|pas encore|a\u00fan no|todav\u00eda no|non ancora|nog niet|tijdelijk|"
    r"nie zosta\u0142a jeszcze|a\u00fan no se ha|ancora stato|prochain essai|"
    r"nouvelle tentative|riprover\u00e0|opnieuw (?:geprobeerd|proberen)|ponown",
    re.IGNORECASE,
)
_FOR_GOOD = re.compile(
    r"permanent|failed|fatal|does not exist|unknown user|user unknown|no such|rejected|undeliverable|"
    r"could not be delivered|couldn't be|wasn't delivered|not found|not listed|"
    r"was not delivered|delivery failure|invalid recipient|no longer|disabled|nxdomain|not recogni[sz]ed|"
    r"has not been delivered|malformed|\(failure\)|gave up|giv(?:en|ing) up",
    re.IGNORECASE,
)
_NOBODY_THERE = re.compile(
    r"unzustellbar|unbekannt|existiert nicht|nicht gefunden|introuvable|inconnu|n'existe pas|inexist|"
    r"no existe|desconocid|rechazad|sconosciut|non esiste|rifiutat|onbekend|bestaat niet|onbestelbaar|"
    r"nieznan|nie istnieje|odrzuci|\u5b58\u5728\u3057|\u898b\u3064\u304b\u308a\u307e\u305b\u3093",
    re.IGNORECASE,
)
_NOT_DELIVERED = re.compile(
    r"konnte (?:leider )?nicht (?:\w{1,20} ){0,3}zugestellt|fehler bei der zustellung|nicht erreichbar|"
    r"pas pu (?:\u00eatre )?(?:remis|distribu|livr|d\u00e9livr)|"
    r"\u00e9chec de (?:la )?(?:remise|distribution)|non (?:remis|distribu)|"
    r"no (?:se )?(?:ha podido|ha sido|pudo|pudo ser) (?:entreg|ser entreg)|no entregado|desactivad|"
    r"impossibile (?:consegn|recapit)|imposible entregar|impossible (?:de )?(?:remettre|distribuer|livrer)|"
    r"onmogelijk|inesistent|non \u00e8 stato (?:possibile )?(?:consegn|recapit)|"
    r"mancat[oa] (?:recapito|consegna)|disattivat|"
    r"niet (?:worden )?(?:bezorgd|afgeleverd)|nie mo\u017cna dostarczy|nie zosta\u0142a dostarczona|"
    r"\u9001\u4fe1\u3067\u304d\u307e\u305b\u3093|\u914d\u4fe1\u3067\u304d\u307e\u305b\u3093|\u5c4a\u304d\u307e\u305b\u3093",
    re.IGNORECASE,
)
_MESSAGE_ID_LINE = re.compile(r"^message-id:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says. `permanent` is None when it says nothing of it."""

    recipient: str | None
    permanent: bool | None
    status: str | None
    about: tuple[str, ...]
    why: str


def read_bounce(mail: Opened, vocabulary: Vocabulary) -> Bounce | None:
    """The report that `mail` is, or None when it is none."""
    report = _status_part(mail)
    if report is None and not _looks_like_one(mail, vocabulary):
        return None
    fields = _recipient_fields(report) if report else Headers([])
    words = _words(mail)
    status = _found(_STATUS, fields.get("status")) or _found(_STATUS, fields.get("diagnostic-code"))
    status = status or _found(_STATUS, words)
    return Bounce(
        recipient=_recipient(mail, fields, words),
        permanent=_permanent(fields, status, words, mail.subject),
        status=status,
        about=_about(mail),
        why="A delivery report (message/delivery-status)."
        if report
        else "A mail system's report on delivery.",
    )


def _status_part(mail: Opened) -> Part | None:
    return next((part for part in mail.structure.parts if part.type == "message/delivery-status"), None)


def _looks_like_one(mail: Opened, vocabulary: Vocabulary) -> bool:
    """Reports without the standard parts: from a mail system, and in a report's words."""
    headers = mail.headers
    if "x-failed-recipients" in headers:
        return True
    by_subject = vocabulary.subjects["bounce"].found_in(fold_text(mail.subject)) is not None
    if mail.structure.parameters.get("report-type", "").lower() == "delivery-status":
        return True
    from_system = is_mail_system(mail.sender.address) or is_mail_system(headers.get("from"))
    null_sender = headers.get("return-path").strip() == "<>"
    if not from_system and not null_sender:
        return False
    in_text = vocabulary.subjects["bounce"].found_in(fold_text(mail.lines[:3000])) is not None
    return by_subject or (
        from_system and (in_text or _tells_code(mail) or (null_sender and _tells_fate(mail)))
    )


def _tells_code(mail: Opened) -> bool:
    """A status code beside somebody's address: nothing else that a mail system sends has both."""
    words = _words(mail)[:3000]
    return _found(_STATUS, words) is not None and _in_words(mail, words) is not None


def _tells_fate(mail: Opened) -> bool:
    """Somebody's address, and words of what became of a mail to it."""
    words = _words(mail)[:3000]
    told = any(each.search(words) for each in (_NOT_YET, _FOR_GOOD, _NOBODY_THERE, _NOT_DELIVERED))
    return told and _in_words(mail, words) is not None


def _words(mail: Opened) -> str:
    """The report in words, without the copy of our mail under it."""
    text = mail.lines[:_TEXT]
    copy = _COPY.search(text)
    return text[: copy.start()] if copy and copy.start() > 40 else text


def _recipient_fields(part: Part) -> Headers:
    """The fields of the first recipient that failed, else of the first at all."""
    body = part.content(_TEXT)
    blocks: list[Headers] = []
    place = 0
    while place < len(body) and len(blocks) < 50:
        block, place = read_headers(body, place)
        blocks.append(block)
    told = [
        block
        for block in blocks
        if "final-recipient" in block or "original-recipient" in block or "status" in block
    ]
    failed = [block for block in told if block.word("action") == "failed"]
    return (failed or told or [Headers([])])[0]


def _recipient(mail: Opened, fields: Headers, words: str) -> str | None:
    """The address as we wrote it (RFC 3464, 2.3.1), else the one behind a forwarding."""
    for name in ("original-recipient", "final-recipient"):
        address = valid_address(fields.get(name).rpartition(";")[2].strip(" <>"))
        if address:
            return address
    for address in addresses_in(mail.headers.get("x-failed-recipients")):
        return address
    return _in_words(mail, words) or _of_returned(mail)


def _in_words(mail: Opened, words: str) -> str | None:
    """An address in brackets, else any, that is neither ours nor a mail system's."""
    candidates = [*_BRACKETED.findall(words), *addresses_in(words)]
    for candidate in candidates:
        address = valid_address(candidate)
        if address and address.lower() not in mail.to and not is_mail_system(address):
            return address
    return None


def _of_returned(mail: Opened) -> str | None:
    returned = _returned_headers(mail)
    return first_mailbox(returned.get("to")).address if returned else None


def _returned_headers(mail: Opened) -> Headers | None:
    for part in mail.structure.parts:
        if part.type in ("message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers"):
            return read_headers(part.content(64 * 1024))[0]
    return None


def _permanent(fields: Headers, status: str | None, words: str, subject: str) -> bool | None:
    if status:
        return status.startswith("5") if status[0] in "45" else None
    action = fields.word("action")
    if action == "delayed":
        return False
    code = _found(_CODE, fields.get("diagnostic-code")) or _found(_CODE, words)
    if code:
        return code.startswith("5")
    if _NOT_YET.search(subject) or _NOT_YET.search(words[:3000]):
        return False
    told = subject + words[:3000]
    for_good = any(each.search(told) for each in (_FOR_GOOD, _NOBODY_THERE, _NOT_DELIVERED))
    return True if action == "failed" or for_good else None


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text[:_TEXT])
    return match[1] if match else None


def _about(mail: Opened) -> tuple[str, ...]:
    returned = _returned_headers(mail)
    named = returned.get("message-id") if returned else ""
    named = named or " ".join(_MESSAGE_ID_LINE.findall(mail.lines[:_TEXT]))
    return message_ids(named, mail.headers.get("in-reply-to"), mail.headers.get("references"))
