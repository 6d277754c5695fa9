"""Templates: those that LeadDesk brings in eight languages, the firm's own in their place, and a preview."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.desk.config import Config
from leaddesk.doors.late import late
from leaddesk.doors.paths import resource
from leaddesk.rules.draft import fields_of
from leaddesk.rules.first_reply import Phrases, asked_words, phrases_for, read_phrases, template_for
from leaddesk.rules.follow_up import Notes, notes_for, read_notes
from leaddesk.rules.language import language_of
from leaddesk.rules.template import fill
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Person
from leaddesk.words.settings import BY_KEY, PERSON_NAME, REPLY_TEMPLATE, TEMPLATE_KINDS, TEMPLATES, Setting
from leaddesk.words.writing import Kind, Note, TemplateView

FIRST = "first-reply"
"""The name of the template that every first reply starts from, unless its kind has one of its own."""

_OWN = {name: setting for (name, _, _), setting in zip(TEMPLATE_KINDS, TEMPLATES, strict=True)}
_SAMPLE = Person(name="Ngozi Adeyemi", emails=("ngozi@example.com",))


class Templates:
    """Texts by name: `first-reply`, the kinds of a first reply, and the notes that follow it."""

    def __init__(self, config: Config) -> None:
        self._config = config

    # -- for a draft

    def phrases(self, message: str) -> Phrases:
        """What the language of their message has, English where it is not known."""
        return phrases_for(message, self._phrases)

    def first(self, kind: Kind | None, message: str | None) -> str:
        """The text that a reply starts from: the kind's own, else the firm's, else ours in their language."""
        own = self._own(kind.value) if kind is not None else ""
        firm = self._config.get(REPLY_TEMPLATE)
        if own or firm != REPLY_TEMPLATE.default or message is None:
            return own or firm
        return template_for(message, {name: each.text for name, each in self._phrases.items()}, firm)

    def note(self, note: Note, message: str) -> str:
        """The text of a follow-up: the firm's own, else ours in their language."""
        return self._own(note.value) or notes_for(language_of(message), self._notes)[note.value]

    # -- for a person

    def list(self) -> tuple[TemplateView, ...]:
        """Every template that can be edited, with the text that is used now (ours: the English one)."""
        firm = self._config.get(REPLY_TEMPLATE)
        first = TemplateView(
            name=FIRST,
            title="Every first reply",
            what_for="What a first reply starts from. {{opening}} is the sentence that fits their source.",
            text=firm,
            is_own=firm != REPLY_TEMPLATE.default,
        )
        return (first, *(self._view(*each) for each in TEMPLATE_KINDS))

    def change(self, name: str, text: str) -> TemplateView:
        """The firm's own text from now on; an empty one, or ours as it is, means ours in their language."""
        setting = self._setting(name)
        is_ours = text.strip() in ("", self._shipped(name).strip())
        self._config.set(setting, setting.write(setting.default) if is_ours else text)
        return next(each for each in self.list() if each.name == name)

    def preview(self, name: str, text: str) -> str:
        """What a text would be for somebody; fields that it does not know stay open, as they would."""
        self._setting(name)
        phrases = self._phrases["en"]
        by_kind = phrases.openings.by_kind
        shown = by_kind.get(name, by_kind[Kind.UNKNOWN.value])
        fields = fields_of(
            _SAMPLE,
            my_name=self._config.get(PERSON_NAME) or "Ann",
            subject="Loft conversion",
            opening=fill(shown, {"portal": "Checkatrade"}),
            asked=asked_words("do you fit dormers?", phrases),
        )
        return fill(text, fields).strip("\n")

    # -- how

    def _view(self, name: str, title: str, what_for: str) -> TemplateView:
        own = self._own(name)
        return TemplateView(
            name=name, title=title, what_for=what_for, text=own or self._shipped(name), is_own=bool(own)
        )

    def _shipped(self, name: str) -> str:
        """Ours in English. A kind of first reply differs by its opening only."""
        notes = self._notes["en"]
        return notes.get(name, REPLY_TEMPLATE.default).strip("\n")

    def _own(self, name: str) -> str:
        return self._config.get(_OWN[name]) if name in _OWN else ""

    def _setting(self, name: str) -> Setting[str]:
        setting = REPLY_TEMPLATE if name == FIRST else _OWN.get(name)
        if setting is None or setting.key not in BY_KEY:
            raise Refused(f"There is no template '{name}'.", f"There are {FIRST}, {', '.join(_OWN)}.")
        return setting

    @late
    def _phrases(self) -> Mapping[str, Phrases]:
        return read_phrases(_shipped("first-reply"))

    @late
    def _notes(self) -> Mapping[str, Notes]:
        return read_notes(_shipped("follow-ups"))


def _shipped(name: str) -> str:
    return resource(f"templates/{name}.toml").read_text(encoding="utf-8")
