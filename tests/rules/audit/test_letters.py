"""The website's own confirmations are no answers; a person's few words, used again, are."""

from __future__ import annotations

from leaddesk.rules.audit.letters import Envelope, Letter, form_letters, may_be_form_letters

NAMES = {"ngozi@example.org": "Ngozi Eze", "bob@example.org": "Bob Reed"}
THANKS = "Dear {}, thank you for your message. We answer within {} working days, most often sooner."


def sent(uid: int, to: str, subject: str = "We got your message") -> Envelope:
    return Envelope(uid, (to,), subject)


def test_only_a_subject_that_went_to_somebody_else_too_is_looked_into() -> None:
    twice = [sent(1, "ngozi@example.org", "Ticket 17, Ngozi"), sent(2, "bob@example.org", "Ticket 18, Bob")]
    once = [sent(3, "ngozi@example.org", "Your roof"), sent(4, "ngozi@example.org", "Your roof")]
    assert may_be_form_letters([*once, *twice], NAMES) == twice


def test_what_differs_only_in_names_and_numbers_is_a_form_letter() -> None:
    one = Letter(sent(1, "ngozi@example.org"), THANKS.format("Ngozi", 2))
    two = Letter(sent(2, "bob@example.org"), THANKS.format("Bob", 3))
    own = Letter(sent(3, "eve@example.org"), "Hello Eve, the stairs would fit where the window is now. Ann")
    assert form_letters([one, two, own], NAMES) == {1, 2}


def test_the_same_words_twice_to_one_person_are_none() -> None:
    letters = [Letter(sent(uid, "ngozi@example.org"), THANKS.format("Ngozi", 2)) for uid in (1, 2)]
    assert form_letters(letters, NAMES) == set()
