"""The answer: plain text, kept every two seconds, sent by Ctrl+Enter and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QPalette, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from leaddesk.rules.draft import announces_nothing, without_gap
from leaddesk.rules.reply_check import check
from leaddesk.words.outgoing import Draft, OutFile
from leaddesk.words.writing import Aids
from leaddesk_ui.buttons import button, key_button, word
from leaddesk_ui.fields import bare_field, sheet_of_paper
from leaddesk_ui.fonts import scaled
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, row, rule
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.text import Words, elided, ink_of, label
from leaddesk_ui.tokens import Ink

from .check_line import CheckLine
from .file_row import FileRow
from .later_row import LaterRow
from .open_fields import go_to_open, mark_open
from .plain_card import PlainCard
from .snippet_list import SnippetList

_KEEP_MS = 2000
_UNSAID = "The letter announces something and leaves its place empty: write it, or take that line out."


class Composer(QFrame):
    """Shows a draft and says what the person did with it. It knows no desk."""

    changed = Signal(object)
    """A draft to be kept."""
    send_requested = Signal(object)
    later_requested = Signal(object, object)
    """A draft, and when: a moment or the person's words."""
    plain_requested = Signal(int)
    """The lead that gets a plain line now."""
    file_requested = Signal()
    files_dropped = Signal(object)
    """Paths, as text."""
    discard_requested = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "composer")
        self.setObjectName("composer")
        self._draft: Draft | None = None
        self._kept: Draft | None = None
        self._has_begun = False
        self._to = bare_field("To", "name@example.com")
        self._cc = bare_field("Cc", "nobody else")
        self._subject = bare_field("Subject")
        self._from = elided("", 12, ink="dim")
        self._chosen = elided("", 12, ink="dim")
        self._said = label("", 12, ink="dim", tabular=True, wrap=True)
        self.paper = sheet_of_paper("Your answer", bare=True)
        self.hints, self.files, self.plain, self.later = CheckLine(), FileRow(), PlainCard(), LaterRow()
        self.snippets = SnippetList(self.paper, self)
        self._aids = Aids()
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        lines = column(
            _line("Subject", self._subject, self._from),
            _line("To", self._to),
            _line("Cc", self._cc, self._chosen),
            rule(),
            8,
            margins=(14, 8, 14, 12),
            space=2,
        )
        self.paper.setMinimumHeight(scaled(120))
        lines.addWidget(self.paper, 1)
        for part in (self.hints, self.files, self.plain, self.later):
            lines.addSpacing(scaled(4))
            lines.addWidget(part)
        self._send = key_button(Action.SEND, self._on_send, primary=True)
        told = row(space=14)
        told.addWidget(self._said, 1)
        told.addWidget(word("Throw away", self._on_discard, ink="dim"))
        lines.addSpacing(scaled(6))
        lines.addLayout(told)
        lines.addSpacing(scaled(4))
        more = row(
            *_word_and_key(Action.ADD_FILE, self.file_requested.emit),
            8,
            *_word_and_key(Action.SEND_LATER, self._on_later),
            None,
            button("Close", "Esc", self.closed.emit),
            self._send,
        )
        lines.addLayout(more)
        self.setLayout(lines)

    def _connect(self) -> None:
        for one in (self._to, self._cc, self._subject):
            one.textEdited.connect(self._on_edited)
        self.paper.textChanged.connect(self._on_edited)
        self._keep.timeout.connect(self.keep)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self, self._on_send)
        for action, pressed in (
            (Action.SEND_LATER, self._on_later),
            (Action.PLAIN_LINE, self.plain.take),
            (Action.ADD_FILE, self.file_requested.emit),
        ):
            listen_inside(self, action, pressed)
        self.files.changed.connect(self._on_edited)
        self.later.chosen.connect(self._on_chosen)
        self.plain.wanted.connect(self._on_plain)
        self.setAcceptDrops(True)
        self.paper.setAcceptDrops(False)  # a file that is dropped on the text goes along with it

    @property
    def lead(self) -> int | None:
        """The lead that is being answered."""
        return self._draft.lead if self._draft else None

    @property
    def said(self) -> str:
        """What stands beside the buttons: that the draft is kept, or why it could not be sent."""
        return self._said.text()

    @property
    def is_kept(self) -> bool:
        """True when nothing was written since the draft was last said."""
        return self.draft() == self._kept

    @property
    def early(self) -> str:
        """What was typed while the draft is not read yet."""
        return self.paper.toPlainText() if self._has_begun else ""

    def begin(self, early: str = "") -> None:
        """Take the keys at once: what is typed before the draft is read belongs to it, as `early` does."""
        self.let_go()
        for one in (self._to, self._cc, self._subject):
            one.clear()
        self._from.say("")
        self.help(Aids())
        self.files.show_files(())
        self.paper.setPlainText(early)
        self.paper.moveCursor(QTextCursor.MoveOperation.End)
        self._say("", "dim")
        self._hand_over(False)
        self._send.setEnabled(False)
        self._has_begun = True
        self.paper.setFocus()

    def open(self, draft: Draft) -> None:
        """Show a draft and put the cursor where the person goes on writing."""
        typed, has_begun = self.early, self._has_begun
        self._draft, self._has_begun = None, False
        head = {self._to: ", ".join(draft.to), self._cc: ", ".join(draft.cc), self._subject: draft.subject}
        for edit, text in head.items():
            if not (has_begun and edit.text()):  # what was typed there already stays
                edit.setText(text)
                edit.setCursorPosition(0)  # a long one shows its beginning
        self._from.say(f"from {draft.from_address}")
        self.paper.setPlainText(draft.body)
        self._say("", "dim")
        self._draft = self._kept = draft
        self._hand_over(False)
        self.paper.setFocus()
        before = draft.body[: _writing_place(draft.body)]
        self.paper.setTextCursor(_moved(self.paper.textCursor(), before))
        self.paper.insertPlainText(typed)
        self.files.show_files(draft.files)
        self._look()

    def help(self, aids: Aids) -> None:
        """Show what stands beside the draft."""
        self._aids = aids
        self._chosen.say(aids.chosen)
        self.snippets.offer(aids.snippets)
        self.later.hide()
        self.later.offer(aids.later)
        self.plain.begin(aids.plain if aids.is_first else "")
        self.files.show_files(self.files.files, aids.room)
        self._look()

    def add_files(self, files: tuple[OutFile, ...]) -> None:
        """These go out too."""
        self.files.add(files)
        self._on_edited()

    def tell(self, sentence: str) -> None:
        """Say why something was not done; the text stays as it is."""
        self._say(sentence, "danger")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._draft is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [each.toLocalFile() for each in event.mimeData().urls() if each.isLocalFile()]
        if paths and self._draft is not None:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def keep(self) -> None:
        """Say the draft now, if it has changed since it was last said."""
        self._keep.stop()
        draft = self.draft()
        if draft is not None and draft != self._kept:
            self._kept = draft
            self.changed.emit(draft)

    def was_kept(self, draft: Draft) -> None:
        """The desk has it: remember its row, so that the next keeping changes the same one."""
        if self._draft is None or self._draft.lead != draft.lead:
            return
        self._draft = replace(self._draft, outgoing=draft.outgoing)
        if self._kept is not None:
            self._kept = replace(self._kept, outgoing=draft.outgoing)
        self._say(draft.told or "draft kept", "text" if draft.told else "dim")

    def was_not_kept(self, sentence: str) -> None:
        """Say why the draft could not be kept; it is tried again with the next change."""
        self._kept = None
        self._say(sentence, "danger")

    def let_go(self) -> None:
        """Forget the draft: it was sent or thrown away."""
        self._keep.stop()
        self.plain.end()
        self._has_begun = False
        self._draft = self._kept = None

    def try_again(self) -> None:
        """Sending was refused: the person mends, where a field is open that one first, and presses again."""
        self._hand_over(False)
        go_to_open(self.paper)

    def draft(self) -> Draft | None:
        """The draft as it stands in the fields."""
        if self._draft is None:
            return None
        return replace(
            self._draft,
            to=_addresses(self._to),
            cc=_addresses(self._cc),
            subject=self._subject.text().strip(),
            body=self.paper.toPlainText(),
            files=self.files.files,
        )

    def _say(self, sentence: str, ink: Ink) -> None:
        self._said.say(sentence)
        ink_of(self._said, ink)

    def _on_edited(self) -> None:
        self._look()
        if self._draft is not None and not self._keep.isActive():
            self._keep.start()

    def _look(self) -> None:
        """Look at the text: what a first answer should have, and what is still to be filled in."""
        aids, has_files = self._aids, bool(self.files.files)
        text = self.paper.toPlainText()
        told = check(text, first_name=aids.first_name, asked=aids.asked, has_files=has_files)
        self.hints.show_hints(told if aids.is_first and self._draft is not None else ())
        mark_open(self.paper, self.palette().color(QPalette.ColorRole.Link))

    def _on_later(self) -> None:
        if self._draft is not None and self._send.isEnabled():
            self.later.open()

    def _on_chosen(self, when: object) -> None:
        draft = self._ready()
        if draft is not None and self._send.isEnabled():
            self._hand_over(True)
            self.later_requested.emit(draft, when)

    def _on_plain(self) -> None:
        if self._draft is not None:
            self.keep()
            self.plain_requested.emit(self._draft.lead)

    def _ready(self) -> Draft | None:
        """The draft as it goes out: a place to write in that nobody used is no gap in the letter.

        None, and it is said why, where the letter announces something and then does not say it.
        """
        draft = self.draft()
        if draft is None:
            return None
        if announces_nothing(draft.body):
            self.tell(_UNSAID)
            self.paper.setFocus()
            return None
        return replace(draft, body=without_gap(draft.body))

    def _on_send(self) -> None:
        draft = self._ready()
        if draft is not None and self._send.isEnabled():
            self._hand_over(True)
            self.send_requested.emit(draft)

    def _hand_over(self, is_on: bool) -> None:
        """While the desk looks at what is to go out nothing of it can be changed: that would be lost."""
        self._keep.stop()
        self._send.setDisabled(is_on)
        for one in (self._to, self._cc, self._subject, self.paper):
            one.setReadOnly(is_on)

    def _on_discard(self) -> None:
        draft = self.draft()
        self.let_go()
        if draft is not None:
            self.discard_requested.emit(draft)


def with_early(draft: Draft, typed: str) -> Draft:
    """The draft with what was typed before it was read, where one would have gone on writing."""
    place = _writing_place(draft.body)
    return replace(draft, body=f"{draft.body[:place]}{typed}{draft.body[place:]}")


def _line(name: str, edit: QLineEdit, *more: QFrame) -> QFrame:
    head = label(name, 12, ink="dim")
    head.setFixedWidth(scaled(54))
    line = row(head)
    line.addWidget(edit, 1)
    for part in more:
        line.addWidget(part)
    made = QFrame()
    made.setProperty("ground", "clear")
    made.setLayout(line)
    return made


def _word_and_key(action: Action, pressed: Callable[[], object]) -> tuple[QPushButton, Words]:
    """An action as an underlined word, with its key beside it."""
    key = BY_ACTION[action]
    made = word(key.word, pressed, size=13)
    made.setObjectName(f"do_{action.name.lower()}")
    made.setAccessibleDescription(f"Key: {key.shown}")
    return made, label(key.shown, 12, ink="dim")


def _addresses(edit: QLineEdit) -> tuple[str, ...]:
    parts = edit.text().replace(";", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _writing_place(body: str) -> int:
    """The first gap of three line breaks in a first draft, else its end; in letters of the text."""
    gap = body.find("\n\n\n")
    return gap + 2 if gap >= 0 else len(body)


def _moved(cursor: QTextCursor, before: str) -> QTextCursor:
    """The cursor after so much text, which Qt counts in UTF-16."""
    cursor.setPosition(len(before.encode("utf-16-le")) // 2)
    return cursor
