"""What a person is given to write with: the draft that fits, a plain line, snippets, times, room."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from leaddesk.desk.answering import Answer
from leaddesk.desk.config import Config
from leaddesk.desk.templates import Templates
from leaddesk.doors.clock import Clock
from leaddesk.rules.draft import fields_of, first_draft, first_name, known_name
from leaddesk.rules.first_reply import asked_words, question_for
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.follow_up import next_note, planned_note, sent_since, what_they_asked
from leaddesk.rules.last_lines import last_lines
from leaddesk.rules.opening import chosen_words, kind_of, opening
from leaddesk.rules.quote import quote
from leaddesk.rules.reach import is_follow_up
from leaddesk.rules.reply_check import asks_count
from leaddesk.rules.send_later import later_time, send_times
from leaddesk.rules.sources import tells_nothing
from leaddesk.rules.template import fill
from leaddesk.rules.texting import plain_marks
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Source
from leaddesk.words.settings import (
    ASK_NUMBER,
    ASK_SOURCE,
    FIRM_ADDRESS,
    FOLLOW_UP_LINES,
    PERSON_NAME,
    SNIPPETS,
)
from leaddesk.words.snippets import Snippet
from leaddesk.words.writing import Aids, Kind, Note

_CHOSEN_NOTES = {
    Note.SECOND: "Second note: they have not answered yet",
    Note.USEFUL: "One useful thing: they have not answered yet",
    Note.LAST: "Last note: they have not answered yet",
}


class Drafting:
    """Words for an answer. Reads the lead as it is given; writes nothing."""

    def __init__(self, clock: Clock, config: Config, templates: Templates) -> None:
        self._clock = clock
        self._config = config
        self._templates = templates

    def text(self, answer: Answer, wanted: Note | None = None) -> str:
        """What the composer opens with; `wanted` stands before the note that the lead's plan names."""
        note = self._note(answer, wanted)
        if note is not None:
            return self._filled(answer, self._templates.note(note, _words(answer)))
        return self._first(answer)

    def nudge(self, answer: Answer) -> str:
        """A follow-up that is a text message: one line, without signature and quote; empty where nothing went
        before it, so that there is nothing to follow up."""
        if not _is_followed(answer):
            return ""
        text = fill(self._templates.note(Note.NUDGE, _words(answer)), self._fields(answer))
        return plain_marks(text.strip())

    def plain(self, answer: Answer) -> str:
        """The line that would do for now, in their language; it promises no time."""
        phrases = self._templates.phrases(_words(answer))
        return fill(phrases.plain, self._fields(answer)).strip()

    def aids(self, answer: Answer) -> Aids:
        """Everything that the composer shows beside the draft."""
        note, is_first = self._note(answer, None), _is_first(answer)
        kind = kind_of(answer.enquiry, _source(answer))
        chosen = _CHOSEN_NOTES[note] if note is not None else chosen_words(kind) if is_first else ""
        aids = Aids(
            chosen=chosen,
            is_first=is_first,
            first_name=first_name(answer.lead.person),
            asked=_words(answer),
            plain=self.plain(answer),
            snippets=self._snippets(answer),
            later=send_times(self._clock.now(), self._clock.zone()),
        )
        return replace(aids, room=answer.account.room) if answer.account is not None else aids

    def later(self, words: str) -> datetime:
        """The moment that words mean. Raises Refused when they mean none to come."""
        try:
            return later_time(words, self._clock.now(), self._clock.zone())
        except ValueError as error:
            raise Refused(str(error)) from None

    # -- how

    def _first(self, answer: Answer) -> str:
        is_first = _is_first(answer)
        kind = kind_of(answer.enquiry, _source(answer)) if is_first else None
        message = answer.last.text if answer.last is not None else None
        template = self._templates.first(kind, message)
        return self._filled(answer, template, asks=is_first)

    def _filled(self, answer: Answer, template: str, *, asks: bool = False) -> str:
        person, account = answer.lead.person, answer.account
        now, zone = self._clock.now(), self._clock.zone()
        fields = self._fields(answer)
        return first_draft(
            template,
            person=person,
            my_name=fields["my_name"],
            subject=answer.subject,
            signature=self._below(answer, template, account.signature if account else ""),
            quoted=quote(answer.last, known_name(person), now, zone) if answer.last else "",
            question=self._question(answer, fill(template, fields)) if asks else "",
            opening=fields["opening"],
            asked=fields["asked"],
        )

    def _below(self, answer: Answer, text: str, signature: str) -> str:
        """The signature; below it what a follow-up must say, where it must."""
        if not (self._config.get(FOLLOW_UP_LINES) and is_follow_up(answer.lead.state)):
            return signature
        return f"{signature}\n\n{last_lines(text, self._config.get(FIRM_ADDRESS))}".strip()

    def _question(self, answer: Answer, draft: str) -> str:
        """The one thing that a first reply asks beside its answer: a number where only one way is known, else
        how they heard of us; nothing where the template asks something itself."""
        phrases = self._templates.phrases(draft)
        if asks_count(draft):
            return ""
        if self._config.get(ASK_NUMBER) and answer.lead.person.emails and not answer.lead.person.phones:
            return phrases.reach
        if self._config.get(ASK_SOURCE) and tells_nothing(_source(answer)) and _never_written(answer):
            return question_for(draft, {"en": phrases.heard})
        return ""

    def _note(self, answer: Answer, wanted: Note | None) -> Note | None:
        """The follow-up that is due, where they have not answered what we wrote."""
        sent = sent_since(standing_entries(answer.lead.record))
        if not sent or _is_first(answer):
            return None
        fields, words = self._fields(answer), _words(answer)
        texts = {note: fill(self._templates.note(note, words), fields) for note in Note}
        planned = wanted or planned_note(answer.lead.course)
        return next_note(texts, (touch.text for touch in sent), planned)

    def _fields(self, answer: Answer) -> dict[str, str]:
        account, enquiry = answer.account, answer.enquiry
        phrases = self._templates.phrases(_words(answer))
        by_kind = phrases.openings.by_kind[Kind.UNKNOWN.value]
        starts = opening(enquiry, _source(answer), phrases.openings) if _is_first(answer) else by_kind
        named = fields_of(
            answer.lead.person,
            my_name=self._config.get(PERSON_NAME) or (account.name if account else ""),
            subject=answer.subject,
            opening=starts,
            asked=asked_words(what_they_asked(enquiry), phrases),
        )
        return dict(named)

    def _snippets(self, answer: Answer) -> tuple[Snippet, ...]:
        fields = self._fields(answer)
        return tuple(Snippet(each.name, fill(each.text, fields)) for each in self._config.get(SNIPPETS))


def _words(answer: Answer) -> str:
    """Their own words, which tell the language."""
    return (answer.last.text if answer.last is not None else "") or answer.enquiry.message


def _is_first(answer: Answer) -> bool:
    """Nobody has answered their newest enquiry yet."""
    states = answer.lead.state.enquiries
    return any(each.enquiry == answer.enquiry.id and each.first_response is None for each in states)


def _source(answer: Answer) -> Source:
    """Where this enquiry came from; where it does not say, where the lead did."""
    own = answer.enquiry.source
    return answer.lead.source if tells_nothing(own) else own


def _is_followed(answer: Answer) -> bool:
    """The last word is ours."""
    ours, theirs = answer.lead.state.last_out_at, answer.lead.state.last_in_at
    return ours is not None and (theirs is None or ours >= theirs)


def _never_written(answer: Answer) -> bool:
    return answer.lead.state.last_out_at is None
