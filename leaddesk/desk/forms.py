"""Forms: registered, taught by pointing, and told what their mails lack."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from leaddesk.desk.filing import title_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.paths import resource
from leaddesk.doors.store import Store
from leaddesk.rules.capture.pointers import pointer_of
from leaddesk.rules.capture.shape import akin
from leaddesk.words.account import Feed
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.forms import (
    Difference,
    FormLines,
    FormView,
    KnownForm,
    Mark,
    Marked,
    Pointer,
    Replay,
    Sample,
)
from leaddesk.words.mail import Known, Mail, Reading

LOOKED_AT = 100
"""So many past mails are read once more: a second of a slow machine."""


class Forms:
    """What a person does with forms. Reads mails in the reader child, which may take a second or two."""

    def __init__(self, store: Store, clock: Clock, reader: Reader, known: Callable[[], Known]) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._known = known

    def list(self) -> tuple[FormView, ...]:
        """Every form that mails came from: registered ones first, then those with the most mails."""
        return self._store.forms.all()

    def lines(self) -> tuple[FormLines, ...]:
        """What to paste, by form plug-in, so that its mails tell where an enquiry comes from."""
        shipped = tomllib.loads(resource("form-lines.toml").read_text(encoding="utf-8"))
        return tuple(
            FormLines(one["plugin"], tuple(one["steps"]), one.get("form", "").strip(), one["mail"].strip())
            for one in shipped["plugins"]
        )

    # -- registering

    def register_mail(self, raw: bytes) -> Feed:
        """Registers the form that a sample mail came from. Raises Refused where it is no form's notice."""
        reading = self._reader.read(raw, self._known())
        if not reading.form_notice or reading.shape is None:
            raise Refused(
                "This mail is no form's notice: nothing in it names who filled it in.",
                "Give a mail that your form sent.",
            )
        with self._store.transaction():
            form = self._store.forms.like(reading.shape)
            if form is None:
                form = self._store.forms.add(reading.shape, title_of(reading), self._clock.now())
            return self._store.forms.register(form)

    def register(self, form: int) -> Feed:
        """An automatic acknowledgement may go to the address that this form's mails tell."""
        return self._store.forms.register(form)

    # -- teaching

    def sample(self, mail: int) -> Sample:
        """The mail to point into, as it is read now."""
        reading = self._read(self._mail(mail))
        filed = self._store.forms.of_mail(mail)
        form = filed.form if filed else 0
        return Sample(
            mail=mail,
            form=form,
            title=filed.title if filed else title_of(reading),
            text=reading.text,
            read=tuple((field, _told(reading, field)) for field in Marked),
            taught=self._store.forms.pointers(form) if form else (),
        )

    def replay(self, mail: int, marks: Iterable[Mark]) -> Replay:
        """What the marks would make of this form's past mails. Changes nothing.

        Raises Usage where a mark says nothing.
        """
        stored = self._mail(mail)
        sample = self._read(stored)
        pointers = tuple(pointer_of(sample.text, mark) for mark in marks)
        if not pointers:
            raise Usage("Nothing is marked.", "Select the name in the mail and press N, for example.")
        taught = self._as_taught(mail, sample, pointers)
        past = [(one, *self._twice(one, taught)) for one in self._past(stored, sample)]
        lost = [one for one, _, will in past if will.lost]
        differences = tuple(
            difference
            for one, was, will in past
            if not will.lost
            for difference in _differences(one, was, will, pointers)
        )
        changed = {difference.mail for difference in differences}
        return Replay(
            mail=mail,
            pointers=pointers,
            mails=len(past),
            alike=len(past) - len(lost) - len(changed),
            lost=len(lost),
            differences=differences,
        )

    def accept(self, replay: Replay) -> None:
        """From now on this form's mails are read so. Those that came before stay as they are."""
        stored = self._mail(replay.mail)
        reading = self._read(stored)
        with self._store.transaction():
            filed = self._store.forms.of_mail(replay.mail)
            form = filed.form if filed else self._file(stored, reading)
            self._store.forms.teach(form, replay.pointers)

    def forget(self, form: int) -> None:
        """This form's mails are read by the general rules again."""
        self._store.forms.teach(form, ())

    # -- reading

    def _file(self, mail: Mail, reading: Reading) -> int:
        if reading.shape is None:
            raise Refused("This mail has no form that could be told again.")
        title, page = title_of(reading), bool(reading.source.page_url)
        return self._store.forms.file(mail.id, reading.shape, title, names_page=page, at=mail.received_at)

    def _as_taught(self, mail: int, sample: Reading, pointers: tuple[Pointer, ...]) -> KnownForm:
        filed = self._store.forms.of_mail(mail)
        shape = self._store.forms.shape(filed.form) if filed else sample.shape
        if shape is None:
            raise Refused("This mail has no form that could be told again.")
        return KnownForm(filed.form if filed else 0, shape, False, pointers)

    def _twice(self, mail: Mail, taught: KnownForm) -> tuple[Reading, Reading]:
        """A mail as it is read now, and as it would be."""
        known = self._known()
        others = tuple(form for form in known.forms if form.id != taught.id)
        raw = self._store.mails.raw(mail.id)
        will = self._reader.read(raw, replace(known, forms=(taught, *others)))
        return self._reader.read(raw, known), will

    def _past(self, mail: Mail, sample: Reading) -> Sequence[Mail]:
        """The newest mails of the form, the sample among them; of one that was never filed, of its sender."""
        filed = self._store.forms.of_mail(mail.id)
        if filed is None:
            mails = self._store.mails.from_sender(mail.from_email or "", LOOKED_AT)
            alike = [one for one in mails if one.id != mail.id and self._is_akin(one, sample)]
            return [mail, *alike]
        numbers = dict.fromkeys([mail.id, *self._store.forms.mails(filed.form, LOOKED_AT)])
        return [one for number in numbers if (one := self._store.mails.get(number)) is not None]

    def _is_akin(self, mail: Mail, sample: Reading) -> bool:
        shape = self._read(mail).shape
        return shape is not None and sample.shape is not None and akin(shape, sample.shape)

    def _read(self, mail: Mail) -> Reading:
        return self._reader.read(self._store.mails.raw(mail.id), self._known())

    def _mail(self, mail: int) -> Mail:
        stored = self._store.mails.get(mail)
        if stored is None:
            raise Refused(f"There is no mail {mail}.")
        return stored


def _told(reading: Reading, field: Marked) -> str:
    if field is Marked.PAGE:
        return reading.source.page_url or ""
    return getattr(reading, field.value) or ""


def _differences(
    mail: Mail, was: Reading, will: Reading, pointers: Sequence[Pointer]
) -> Iterable[Difference]:
    for pointer in pointers:
        before, after = _told(was, pointer.field), _told(will, pointer.field)
        if before != after:
            yield Difference(mail=mail.id, at=mail.received_at, field=pointer.field, was=before, will=after)
