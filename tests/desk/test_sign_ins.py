"""The shared count of refused sign-ins: two for each server, and what one server says about the other."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from leaddesk.desk.sign_ins import Box, Protocol, SignIns
from leaddesk.words.account import Server
from leaddesk.words.errors import SignInRefused
from leaddesk.words.sign_in import Bearer, Password, Secret
from tests.made import account

ANN = account(id=1)
IMAP, SMTP = Box(ANN, Protocol.IMAP, "ann"), Box(ANN, Protocol.SMTP, "ann")
WRONG = Password("wrong")


@pytest.fixture
def sign_ins() -> SignIns:
    return SignIns()


def refuse(sign_ins: SignIns, box: Box, *secrets: Secret) -> None:
    for secret in secrets or (WRONG, WRONG):
        sign_ins.refused(box, secret)


@pytest.mark.parametrize(("one", "other"), [(IMAP, SMTP), (SMTP, IMAP)])
def test_what_one_server_refused_twice_the_other_is_not_asked(
    sign_ins: SignIns, one: Box, other: Box
) -> None:
    refuse(sign_ins, one)
    assert sign_ins.over(one)
    assert sign_ins.over(other)
    assert sign_ins.over(other._replace(user="another")) is None
    sign_ins.acted(1)
    assert sign_ins.over(one) is None
    assert sign_ins.over(other) is None


def test_a_server_that_refuses_does_not_silence_one_that_lets_us_in(sign_ins: SignIns) -> None:
    with sign_ins.trying(IMAP, WRONG):
        pass
    refuse(sign_ins, SMTP)
    assert sign_ins.over(SMTP)
    assert sign_ins.over(IMAP) is None


def test_a_token_counts_once_and_says_nothing_about_the_other_server(sign_ins: SignIns) -> None:
    refuse(sign_ins, IMAP, Bearer("old"), Bearer("old"))
    assert sign_ins.over(IMAP) is None
    refuse(sign_ins, IMAP, Bearer("new"))
    assert sign_ins.over(IMAP)
    assert sign_ins.over(SMTP) is None


def test_only_an_account_whose_server_or_user_changed_begins_anew(sign_ins: SignIns) -> None:
    refuse(sign_ins, IMAP)
    assert sign_ins.over(IMAP._replace(account=replace(ANN, name="Bea", saves_sent=True)))
    assert sign_ins.over(IMAP._replace(account=replace(ANN, imap=Server("imap.new.example", 993)))) is None


def test_whoever_comes_third_waits_for_the_two_and_then_does_not_try(sign_ins: SignIns) -> None:
    tried: list[None] = []
    refused: list[SignInRefused] = []
    both = threading.Barrier(2)

    def try_it() -> None:
        try:
            with sign_ins.trying(IMAP, WRONG):
                tried.append(None)
                both.wait(5)
                raise SignInRefused("No.")
        except SignInRefused as failure:
            refused.append(failure)

    threads = [threading.Thread(target=try_it) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (len(tried), len(refused)) == (2, 5)
