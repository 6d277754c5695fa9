"""The first answer's check: name, question, one useful thing, one ask."""

from __future__ import annotations

import pytest

from leaddesk.rules.reply_check import check
from leaddesk.words.writing import HintKind

ASKED = "Hello, can you quote for a loft conversion with a dormer? Could someone call me after 4?"
GOOD = (
    "Hi Ngozi,\n\na dormer has cost our customers 46,000 pounds.\n\nMay I come by on Thursday?\n\nBest\nAnn"
)
N, Q, U, A = HintKind


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (GOOD, set()),
        (GOOD.replace("Hi Ngozi", "Hello"), {N}),
        (GOOD.replace("a dormer has", "it has"), {Q}),
        (GOOD.replace("46,000 pounds", "much").replace("on Thursday", "then"), {U}),
        (GOOD.replace("May I come by on Thursday?", "I will come by on Thursday."), {A}),
        (GOOD.replace("Thursday?", "Thursday? Or shall I ring?"), {A}),
        ("", {N, Q, U, A}),
        (f"Thank you.\n\nAnn\n\nOn Mon 8 Jun at 9:41, Ngozi wrote:\n> {ASKED} 46,000 Ngozi", {N, Q, U, A}),
        ("Thanks, Ngozi, see www.lofts.example/dormer?size=3 . All right?", set()),
    ],
)
def test_a_hint_says_what_is_missing(body: str, missing: set[HintKind]) -> None:
    hints = check(body, first_name="Ngozi", asked=ASKED)
    assert {hint.kind for hint in hints if not hint.is_met} == missing


def test_the_asks_are_counted_aloud() -> None:
    def words(body: str) -> str:
        return check(body, first_name="", asked="")[-1].words

    assert words("Fine.") == "one ask"
    assert words("When? And where?") == "one ask? You ask for two things."
    assert words("A? B? C? D? E?") == "one ask? You ask for many things."
    assert words("Really?!?") == words("写真を送っていただけますか。") == "one ask"


def test_nobody_is_asked_for_a_name_that_is_not_known_nor_for_an_answer_to_nothing() -> None:
    hints = check("Hi, would 9:30 suit you?", first_name="", asked="")
    assert [hint.kind for hint in hints] == [Q, U, A]
    assert all(hint.is_met for hint in hints)


def test_another_form_of_their_word_answers_it_and_a_file_is_useful() -> None:
    hints = check("Ja, bei Fenstern.", first_name="", asked="Wir brauchen neue Fenster", has_files=True)
    assert [hint.is_met for hint in hints] == [True, True, False]


def test_their_own_name_is_no_answer_to_their_question() -> None:
    hints = check("Hi Ngozi,\n\nthank you.", first_name="Ngozi", asked=f"{ASKED}\n\nNgozi")
    assert [hint.kind for hint in hints if hint.is_met] == [N]
