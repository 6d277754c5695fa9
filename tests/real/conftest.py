"""Real servers as fixtures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leaddesk.doors.mail.wake import Wake
from tests.real.certificates import Certificates, make_certificates
from tests.real.dovecot import Dovecot, need_dovecot


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority with good and bad certificates."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    """A running Dovecot with the mailbox of `ana`."""
    need_dovecot()
    with Dovecot(certificates=certificates) as server:
        yield server


@pytest.fixture
def wake() -> Iterator[Wake]:
    """A wake that is closed afterwards."""
    made = Wake()
    yield made
    made.close()
