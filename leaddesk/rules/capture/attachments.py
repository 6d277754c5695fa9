"""The files that hang on a mail: their list, one file's bytes, a name that is safe to save."""

from __future__ import annotations

import re
import unicodedata

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.parts import MAIL_LIMIT, Part, Structure, take_apart
from leaddesk.words.mail import Attachment

NAME_LIMIT = 120

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "message/rfc822": ".eml",
}


def cut_words(size: int, kept: int) -> str:
    """What is told of a mail of which only the start was kept; empty for one that is whole.

    >>> cut_words(52 * 1024 * 1024, MAIL_LIMIT), cut_words(900, 890)
    ('52 MB; only the first 10 MB are here', '')
    """
    if kept < MAIL_LIMIT or size <= kept:  # servers are at times a little wrong about a size
        return ""
    whole, start = (round(number / 1024 / 1024) for number in (size, kept))
    return f"{whole} MB; only the first {start} MB are here"


def listed(structure: Structure) -> tuple[Attachment, ...]:
    """The attachments of a mail in order; `index` is what `payload` takes."""
    files = _files(structure)
    return tuple(
        Attachment(index, safe_name(part.file_name, part.type), part.type, _size(part))
        for index, part in enumerate(files)
    )


class NotWhole(Exception):
    """The mail was cut within this file."""


def payload(raw: bytes, index: int, *, is_cut: bool = False) -> tuple[str, str, bytes]:
    """The cleaned name, type and bytes of one attachment of `raw`. Raises IndexError when there is none.

    Of a mail of which only the start is there (`is_cut`), the last part is not whole: raises NotWhole.
    """
    if index < 0:
        raise IndexError(index)
    structure = take_apart(raw, len(raw))
    part = _files(structure)[index]
    if is_cut and part is structure.parts[-1]:
        raise NotWhole
    return safe_name(part.file_name, part.type), part.type, part.content()


def _files(structure: Structure) -> list[Part]:
    """Attachments as a person counts them: no text of the mail, no picture that its HTML shows."""
    return [part for part in structure.parts if part.is_attachment and not _is_shown_inside(part)]


def _is_shown_inside(part: Part) -> bool:
    """A picture of the HTML: it has a Content-ID, hangs in multipart/related and is not called a file."""
    return (
        part.inside == "multipart/related"
        and part.disposition != "attachment"
        and part.type.startswith("image/")
        and "content-id" in part.headers
    )


def _size(part: Part) -> int:
    encoding = part.headers.word("content-transfer-encoding")
    if encoding == "base64":
        letters = len(part.body) - part.body.count(b"\n") - part.body.count(b"\r") - part.body.count(b"=")
        return letters * 3 // 4
    return len(part.content()) if encoding == "quoted-printable" else len(part.body)


def safe_name(name: str, kind: str = "") -> str:
    """A file name that stays in its folder on every platform, of at most NAME_LIMIT characters.

    >>> safe_name("../../etc/passwd"), safe_name("a\\x00.exe"), safe_name("con.txt")
    ('passwd', 'a.exe', '_con.txt')
    """
    name = re.split(r"[/\\]", name[-1000:])[-1]
    name = _FORBIDDEN.sub("_", one_line(unicodedata.normalize("NFC", name), 500))
    name = name.strip(" .")
    if not name:
        return "attachment" + _EXTENSIONS.get(kind, "")
    if _RESERVED.fullmatch(name.split(".", 1)[0].strip()):
        name = "_" + name
    return _shortened(name)


def _shortened(name: str) -> str:
    """Cut before the extension, which stays whole; also within 240 bytes, as some file systems count."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12 or not stem:
        stem, dot, extension = name, "", ""
    stem = stem[: NAME_LIMIT - len(dot + extension)]
    while len((stem + dot + extension).encode()) > 240:
        stem = stem[:-1]
    return f"{stem.rstrip(' .') or '_'}{dot}{extension}"
