"""What the reader promises on the corpus (`dev.py bench capture`): the promises that are whole."""

from __future__ import annotations

import pytest

from tests.bench import capture
from tests.bench.capture import Rights


@pytest.fixture(scope="module")
def rights() -> Rights:
    return capture.judged()


@pytest.mark.parametrize("what", ["not acknowledged where it must not be", "hostile mail"])
def test_a_promise_without_exception_has_none(what: str, rights: Rights) -> None:
    of_both = [right for of_third in rights[what].values() for right in of_third]
    assert len(of_both) > 30
    assert all(of_both)


def test_every_promise_is_judged_in_both_thirds(rights: Rights) -> None:
    assert all(rights[what][held_back] for what in capture.MUST for held_back in (False, True))


def test_a_reader_that_is_too_slow_breaks_its_promise() -> None:
    assert capture.throughput("mail", 0.25).ok
    assert not capture.throughput("mail", 0.15).ok
