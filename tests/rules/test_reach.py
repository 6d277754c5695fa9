"""May somebody be reached by this way? Every wish against every way; what is a follow-up; the way out."""

from __future__ import annotations

import pytest

from leaddesk.rules.fold import fold, standing_entries
from leaddesk.rules.reach import is_follow_up, may_reach, opt_outs, stop_token, way_out, wrote_after
from leaddesk.words.lead import Channel, Entry, Reached, Verb
from tests.made import answered, asked, called, decided, enquiry, took_back, wrote

MAIL, CALL, TEXT = Channel.EMAIL, Channel.CALL, Channel.TEXT


def out(id: int, channel: Channel | None = None) -> Entry:
    return decided(id, id, Verb.OPTED_OUT, channel=channel)


def seems(id: int) -> Entry:
    return decided(id, id, Verb.SEEMS_OUT, by=None)


@pytest.mark.parametrize(
    ("record", "channel", "why"),
    [
        pytest.param([], MAIL, "", id="nobody asked"),
        pytest.param([out(2, MAIL)], MAIL, "They asked not to be mailed.", id="mail"),
        pytest.param([out(2, MAIL)], CALL, "", id="mail, and a call is another way"),
        pytest.param([out(2, CALL)], TEXT, "", id="calls, and a text is another way"),
        pytest.param([out(2)], TEXT, "They asked not to be contacted.", id="all"),
        pytest.param([out(2), took_back(3, 3, 2)], TEXT, "", id="taken back"),
        pytest.param([seems(2)], CALL, "They may have asked not to be written to.", id="seems so: paused"),
        pytest.param([seems(2), took_back(3, 3, 2)], CALL, "", id="was not meant so"),
        pytest.param([seems(2), out(3, MAIL)], CALL, "", id="a person's word is the last one"),
        pytest.param([out(2, MAIL), seems(3)], CALL, "They may have asked not to be written to.", id="again"),
    ],
)
def test_what_was_asked_holds_for_its_way(record: list[Entry], channel: Channel, why: str) -> None:
    reach = may_reach(opt_outs(standing_entries([asked(1, 0), *record])), channel)
    assert (reach.may, reach.why) == (not why, why)


@pytest.mark.parametrize(
    ("record", "is_one"),
    [
        pytest.param([], False, id="the first answer"),
        pytest.param([answered(2, 6)], True, id="we wrote last"),
        pytest.param([answered(2, 6), wrote(3, 9)], False, id="they wrote since"),
        pytest.param([called(2, 6, Reached.NO_ANSWER)], False, id="nothing of ours is with them"),
        pytest.param([called(2, 6, Reached.VOICEMAIL)], True, id="after a voicemail"),
    ],
)
def test_a_follow_up_is_neither_first_nor_an_answer(record: list[Entry], is_one: bool) -> None:
    assert is_follow_up(fold([enquiry()], [asked(1, 0), *record])) is is_one


@pytest.mark.parametrize(
    ("record", "has"),
    [
        pytest.param([wrote(2, 1)], False, id="before"),
        pytest.param([wrote(3, 1)], True, id="written down after, whatever its own time"),
        pytest.param([wrote(3, 1, automatic=True)], False, id="an away note is no word"),
        pytest.param([answered(3, 9)], False, id="ours"),
        pytest.param([wrote(3, 1), took_back(4, 9, 3)], False, id="taken back"),
    ],
)
def test_a_word_of_theirs_counts_from_when_it_was_written_down(record: list[Entry], has: bool) -> None:
    assert wrote_after(standing_entries([asked(1, 0), *record]), 2) is has


def test_the_way_out_names_our_mail_and_is_found_again() -> None:
    token = "0f" * 16
    value = way_out(f"<{token}@lofts.example>", "ann@lofts.example")
    assert value == f"<mailto:ann@lofts.example?subject=stop-{token}>"
    subject = value.partition("subject=")[2].rstrip(">")
    assert stop_token(subject) == stop_token(f"Re: {subject.upper()} ") == token


@pytest.mark.parametrize(
    "subject", ["", "stop", "stop-the press", "stop-" + "0" * 31, "please stop-" + "0" * 32]
)
def test_any_other_subject_is_none(subject: str) -> None:
    assert stop_token(subject) is None
