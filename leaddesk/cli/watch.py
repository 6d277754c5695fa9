"""`leaddesk watch`: every service without a window, telling events as they happen."""

from __future__ import annotations

import threading
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.endings import Ended, Endings
from leaddesk.cli.events import event_of, event_words
from leaddesk.cli.people import counted
from leaddesk.cli.show import Record
from leaddesk.cli.typed import missing, take_passwords, wants_typing
from leaddesk.doors.instance import Kind
from leaddesk.words.account import SignIn
from leaddesk.words.errors import LeadDeskError, NeedsPerson, NotSignedIn, Refused
from leaddesk.words.news import News

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_STOP_S = 1.5
_LOOK_S = 0.5
"""Windows hears Ctrl+C only between two waits."""
_WANT_A_PERSON = ("sign-in", "keyring", "folder", "unsure", "frozen", "smtp-off")
"""Troubles that no waiting mends, by the first word of their key."""


def watch_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Watches, alerts and sends without a window, and tells what happens, until it is ended (Ctrl+C).",
        "leaddesk watch --json",
    )
    words.add_argument(
        "--once", action="store_true", help="sweep everything, send what may be sent now, and stop"
    )
    words.add_argument(
        "--password-stdin",
        action="store_true",
        help="passwords that the keyring does not keep: a line an account, in order of id",
    )
    words.set_defaults(act=watch)


def watch(call: Call) -> int:
    with Endings() as endings, suppress(Ended), call.desk() as desk:
        call.log.open()
        typed = take_passwords(call, desk)
        watching = Watching(call, desk)
        if call.args.once:
            return watching.once(endings)
        _check_passwords(desk, typed)
        return watching.until_ended(endings)
    return 0


class Watching:
    """Prints the news of a desk on this thread, whichever thread made it."""

    def __init__(self, call: Call, desk: Desk) -> None:
        self._call = call
        self._desk = desk
        self._news: SimpleQueue[News | None] = SimpleQueue()
        """None: this is the end."""

    def until_ended(self, endings: Endings) -> int:
        """Runs the services. Raises InUse when another process does."""
        unsubscribe = self._desk.bus.subscribe(self._news.put)
        try:
            self._desk.services.start(Kind.WATCH)
            endings.call_instead(lambda: self._news.put(None))
            self._call.out.note(_what_is_watched(self._desk))
            self._print_all()
        finally:
            endings.call_instead(lambda: None)
            unsubscribe()
            self._desk.services.stop(_STOP_S)
        return 0

    def once(self, endings: Endings) -> int:
        """One sweep of everything; 3 when a person is needed, 1 when something was out of reach."""
        unsubscribe = self._desk.bus.subscribe(self._news.put)
        swept: Future[list[LeadDeskError]] = Future()
        threading.Thread(target=self._sweep, args=(swept,), name="once", daemon=True).start()
        endings.call_instead(lambda: self._news.put(None))
        try:
            self._print_all()
        finally:
            unsubscribe()
        return _outcome(self._call, self._desk, swept.result()) if swept.done() else 0

    def _sweep(self, swept: Future[list[LeadDeskError]]) -> None:
        try:
            swept.set_result(self._desk.services.once())
        except BaseException as failure:
            swept.set_exception(failure)
        finally:
            self._news.put(None)

    def _print_all(self) -> None:
        """Until the end is told. Raises BrokenPipeError when nobody reads any more."""
        while True:
            try:
                news = self._news.get(timeout=_LOOK_S)
            except Empty:
                continue
            if news is None:
                return
            event = event_of(news)
            if event is not None:
                self._print(event)

    def _print(self, event: Record) -> None:
        clock = f"{event['at'].astimezone(self._call.clock.zone()):%H:%M:%S}"
        words = "" if self._call.out.as_json else event_words(event, self._name(event), clock)
        self._call.out.record(event, words)
        self._call.out.flush()

    def _name(self, event: Record) -> str | None:
        if event["lead"] is None:
            return None
        with suppress(Refused):
            return self._desk.leads.get(event["lead"]).person.name
        return None


def _check_passwords(desk: Desk, typed: frozenset[int]) -> None:
    """Raises NeedsPerson where a password or a sign-in is missing, or stays locked in the keyring."""
    for account in desk.accounts.list():
        if account.sign_in is SignIn.BROWSER and account.keyring is None:
            mend = f"leaddesk account sign-in {account.id} keeps one, where there is a keyring."
            raise NotSignedIn(f"The sign-in of {account.email} was not kept.", mend)
        if wants_typing(account) and account.id not in typed:
            raise missing(account.email)
    desk.accounts.unlock()


def _what_is_watched(desk: Desk) -> str:
    accounts, feeds = len(desk.accounts.list()), len(desk.accounts.feeds())
    if not accounts and not feeds:
        return "There is nothing to watch yet: leaddesk account add, or leaddesk feed add."
    watched = f"{counted(accounts, 'mail account')} and {counted(feeds, 'feed')}"
    return f"Watching {watched}. Ctrl+C ends it."


def _outcome(call: Call, desk: Desk, failures: list[LeadDeskError]) -> int:
    """The worst of what went wrong, told in its sentences."""
    troubles = desk.health.troubles()
    needing = [failure for failure in failures if isinstance(failure, NeedsPerson)]
    told = [each for each in troubles if each.key.partition(":")[0] in _WANT_A_PERSON]
    sentences = [failure.sentence for failure in (*needing, *failures)]
    sentences += [each.sentence for each in (*told, *(t for t in troubles if t.urgent))]
    for sentence in list(dict.fromkeys(sentences))[: 1 if call.out.as_json else None]:
        call.out.warn(sentence)
    if needing or told:
        return NeedsPerson.exit_code
    return LeadDeskError.exit_code if sentences else 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"watch": watch_words}
