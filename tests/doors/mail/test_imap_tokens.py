"""The sign-in with a token as servers may take it: at once, in two steps, refused, cut, into no mailbox."""

from __future__ import annotations

import base64

import pytest

from leaddesk.doors.mail.imap import ImapSession
from leaddesk.words.errors import LeadDeskError, OutOfReach, SignInRefused, SlowDown
from leaddesk.words.sign_in import Bearer
from tests.doors.mail.scripted_imap import Act, Peer, ScriptedImap

TOKEN = "t0ken-canary"
WORDS = f"user=info@lofts.example\x01auth=Bearer {TOKEN}\x01\x01".encode()
AT_ONCE = b"IMAP4rev1 AUTH=XOAUTH2 SASL-IR"
IN_STEPS = b"IMAP4rev1 AUTH=XOAUTH2"
CHALLENGE = b"+ " + base64.b64encode(b'{"status":"401","schemes":"bearer"}') + b"\r\n"


def opened(server: ScriptedImap) -> ImapSession:
    return ImapSession.connect(server.server(), user="info@lofts.example", secret=Bearer(TOKEN), timeout=0.5)


def asks(*, first: bool, then: bytes) -> Act:
    """AUTHENTICATE: asks for the words where they did not come at once, then refuses with a challenge."""

    def act(peer: Peer, tag: bytes, line: bytes) -> None:
        if first:
            peer.say(b"+ \r\n")
            peer.hear()
        if then.startswith(b"NO"):
            peer.say(CHALLENGE)
            peer.hear()
        peer.say(tag + b" " + then + b"\r\n")

    return act


def test_the_words_come_with_the_command_where_the_server_allows() -> None:
    with ScriptedImap({b"AUTHENTICATE": b"{tag} OK in\r\n"}, offers=AT_ONCE) as server:
        session = opened(server)
        assert session.examine("INBOX").exists == 3
        session.close()
    (said,) = [line for line in server.heard if b"AUTHENTICATE" in line]
    assert said.split()[1:] == [b"AUTHENTICATE", b"XOAUTH2", base64.b64encode(WORDS)]


def test_elsewhere_they_come_when_they_are_asked_for() -> None:
    with ScriptedImap({b"AUTHENTICATE": asks(first=True, then=b"OK in")}, offers=IN_STEPS) as server:
        opened(server).close()
        assert base64.b64encode(WORDS) + b"\r\n" in server.heard


@pytest.mark.parametrize(("offers", "first"), [(AT_ONCE, False), (IN_STEPS, True)])
def test_a_refusals_challenge_gets_an_empty_line_and_its_words_are_told(offers: bytes, first: bool) -> None:
    refuses = asks(first=first, then=b"NO AUTHENTICATE failed.")
    with (
        ScriptedImap({b"AUTHENTICATE": refuses}, offers=offers) as server,
        pytest.raises(
            SignInRefused, match=r"127.0.0.1 refused the sign-in: AUTHENTICATE failed\."
        ) as refused,
    ):
        opened(server)
    assert b"\r\n" in server.heard
    assert "Sign in again with the browser" in refused.value.mend


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (b"NO [UNAVAILABLE] Temporary authentication failure", OutOfReach, "cannot check the sign-in now"),
        (b"NO [LIMIT] Too many attempts", SlowDown, "slow down"),
        (b"NO [AUTHENTICATIONFAILED] try again", SignInRefused, "try again"),
        (b"BAD what", SignInRefused, "what"),
        (b"NO " + TOKEN.encode() + b" is over", SignInRefused, r"\*\*\* is over"),
        (b"NO " + base64.b64encode(WORDS) + b" is over", SignInRefused, r"\*\*\* is over"),
    ],
)
def test_a_failed_sign_in_is_sorted_by_who_can_act(
    answer: bytes, error: type[LeadDeskError], words: str
) -> None:
    with (
        ScriptedImap({b"AUTHENTICATE": b"{tag} " + answer + b"\r\n"}, offers=AT_ONCE) as server,
        pytest.raises(error, match=words) as failed,
    ):
        opened(server)
    assert type(failed.value) is error


@pytest.mark.parametrize("said", [b"* BYE maintenance\r\n", CHALLENGE + b"* BYE maintenance\r\n"])
def test_a_server_that_leaves_during_the_sign_in_has_not_refused_it(said: bytes) -> None:
    with (
        ScriptedImap({b"AUTHENTICATE": said}, offers=AT_ONCE) as server,
        pytest.raises(OutOfReach),
    ):
        opened(server)


@pytest.mark.parametrize("verb", [b"EXAMINE", b"SEARCH"])
def test_microsofts_word_for_another_persons_box_is_no_missing_folder(verb: bytes) -> None:
    stranger = b"{tag} BAD User is authenticated but not connected.\r\n"
    answers: dict[bytes, bytes | Act] = {b"AUTHENTICATE": b"{tag} OK in\r\n", verb: stranger}
    with ScriptedImap(answers, offers=AT_ONCE) as server:
        session = opened(server)
        look = session.uids if verb == b"SEARCH" else lambda: session.examine("INBOX")
        with pytest.raises(SignInRefused, match="let you in, but not to this mailbox"):
            look()
        session.close()
