"""A target of atheris for each reader: `python -m tests.fuzz.targets READER -seed=7 -runs=2000 [FOLDER]`.

The flags are libFuzzer's. An exception that comes out of a reader ends the run and is printed with its bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC

import atheris  # type: ignore[import-untyped]  # installed only by who fuzzes, and without types

with atheris.instrument_imports(include=["leaddesk.rules"]):
    from leaddesk.rules.capture.codec import from_json, to_json
    from leaddesk.rules.capture.html_text import html_to_text
    from leaddesk.rules.capture.phones import Regions
    from leaddesk.rules.capture.quotes import part
    from leaddesk.rules.capture.read import read
    from leaddesk.rules.capture.vocabulary import shipped
    from leaddesk.rules.imports.cards import CardContacts
    from leaddesk.rules.imports.contacts import Contacts
    from leaddesk.rules.imports.encoding import encoding_of, sampled
    from leaddesk.rules.imports.table import table_of
    from leaddesk.rules.imports.vcard import cards
    from leaddesk.rules.imports.vcard_lines import lines_in
    from leaddesk.words.mail import Known

_HERE = Regions(("DE",))
_KNOWN = Known(own_domains=frozenset({"firm.example"}))


def mail(raw: bytes) -> None:
    """Mails and posts: what is read crosses the pipe whole."""
    found = read(raw, _KNOWN)
    assert from_json(to_json(found)) == found


def table(raw: bytes) -> None:
    """Tables of people."""
    if not raw.strip():
        return
    lines = raw.decode(encoding_of(sampled([raw])), "replace").splitlines(keepends=True)
    found = table_of(lines)
    reader = Contacts(found, _HERE, UTC)
    for row in found.rows(lines):
        reader.contact(row)


def card(raw: bytes) -> None:
    """Address cards."""
    reader = CardContacts(_HERE)
    for each in cards(lines_in([raw]), encoding_of(sampled([raw]))):
        reader.contact(each)


def html(raw: bytes) -> None:
    """The text of a page."""
    html_to_text(raw.decode("utf-8", "replace"))


def letter(raw: bytes) -> None:
    """A letter taken apart: words, signature, quote."""
    part(raw.decode("utf-8", "replace"), shipped(), "Ann Beck")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (mail, table, card, html, letter)
}

if __name__ == "__main__":
    name, *flags = sys.argv[1:]
    atheris.Setup([sys.argv[0], *flags], TARGETS[name])
    atheris.Fuzz()
