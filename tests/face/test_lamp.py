"""The lamp: who is watched, and when a server last proved it; amber after six minutes, red after twelve."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.words.account import Connection, ConnectionState
from leaddesk_ui.text import Words
from leaddesk_ui.today.lamp import Lamp

from .fake_desk import FakeClock, ago

INBOX = Connection(1, None, "INBOX", ConnectionState.ONLINE, ago(hours=2), ago(seconds=4))
SENT = replace(INBOX, folder="Gesendet")
NAMES = {1: "info@example.com", 2: "shop@example.com"}


def shown(qtbot: QtBot, *connections: Connection) -> tuple[str, str]:
    lamp = Lamp(FakeClock())
    qtbot.addWidget(lamp)
    lamp.show_connections(connections, NAMES)
    words = lamp.findChildren(Words)[0]
    return words.text(), words.property("ink")


def test_one_mailbox_has_its_name(qtbot: QtBot) -> None:
    assert shown(qtbot, INBOX, SENT) == ("● info@ watched, checked just now", "good")


def test_several_are_counted(qtbot: QtBot) -> None:
    assert shown(qtbot, INBOX, replace(INBOX, account=2))[0] == "● 2 mailboxes watched, checked just now"


def test_a_feed_has_the_name_of_its_folder(qtbot: QtBot) -> None:
    feed = replace(INBOX, account=None, feed=1, folder="/home/ann/Maildir")
    assert shown(qtbot, feed)[0] == "● Maildir watched, checked just now"


@pytest.mark.parametrize(("minutes", "ink"), [(5, "good"), (7, "warm"), (13, "danger")])
def test_silence_is_shown(qtbot: QtBot, minutes: int, ink: str) -> None:
    silent = replace(INBOX, proof_at=ago(minutes=minutes))
    assert shown(qtbot, INBOX, silent) == (f"● info@ watched, checked {minutes} min ago", ink)


def test_the_worst_is_told(qtbot: QtBot) -> None:
    offline = replace(SENT, state=ConnectionState.OFFLINE, since=ago(minutes=3))
    refused = replace(SENT, account=2, state=ConnectionState.REFUSED, since=ago(minutes=2))
    assert shown(qtbot, INBOX, offline) == ("● info@: no connection since 9:40", "danger")
    assert shown(qtbot, offline, refused) == ("● shop@: refused since 9:41", "danger")


def test_without_a_mailbox_that_is_said(qtbot: QtBot) -> None:
    assert shown(qtbot) == ("No mailbox is watched yet", "dim")


def test_days_of_silence_are_told_as_days(qtbot: QtBot) -> None:
    silent = replace(INBOX, proof_at=ago(days=3, hours=2))
    assert shown(qtbot, silent) == ("● info@ watched, checked 3 d 2 h ago", "danger")
