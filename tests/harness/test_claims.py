"""Two desks claim the same mails at once, and one is killed: nobody gets a mail twice.

LEADDESK_CLAIM_RACES=5000 makes it a long run.
"""

from __future__ import annotations

import os

import pytest

from tests.harness.claims import Claims, run
from tests.real.postgres import Postgres, postgres

__all__ = ["postgres"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")
RACES = int(os.environ.get("LEADDESK_CLAIM_RACES", "200"))
RACES_ON_A_SERVER = int(os.environ.get("LEADDESK_CLAIM_RACES", "100"))


def test_two_desks_on_one_file_never_send_one_mail_twice() -> None:
    _assert_well(run(RACES, 1), RACES)


@pytest.mark.real
def test_two_desks_on_one_server_never_send_one_mail_twice(postgres: Postgres) -> None:
    _assert_well(run(RACES_ON_A_SERVER, 1, postgres.empty_database()), RACES_ON_A_SERVER)


def _assert_well(claims: Claims, races: int) -> None:
    assert claims.wrong == (), claims.lines()
    assert claims.races == races
    assert claims.kills > races // 32, claims.lines()
