"""Real servers as fixtures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.doors.mail.wake import Wake
from tests.real.certificates import Certificates, make_certificates
from tests.real.dovecot import Dovecot, need_dovecot
from tests.real.scene import Mailbox, Scene, mailbox, scene
from tests.real.watched import PASSWORD, Box


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


@pytest.fixture(scope="session")
def mailboxes(certificates: Certificates) -> Iterator[Iterator[Box]]:
    """Empty mailboxes on one Dovecot, for tests that leave the server itself alone."""
    need_dovecot()
    users = {f"ann{number}": PASSWORD for number in range(100)}
    with Dovecot(users, certificates=certificates, connections=500) as server:
        yield (Box(server, f"ann{number}") for number in itertools.count())


@pytest.fixture
def box(mailboxes: Iterator[Box]) -> Box:
    """An empty mailbox that nobody else has."""
    return next(mailboxes)


@pytest.fixture
def own_box(certificates: Certificates) -> Iterator[Box]:
    """A mailbox on a server of the test's own, which may be restarted and killed."""
    need_dovecot()
    with Dovecot({"ann": PASSWORD}, certificates=certificates) as dovecot:
        yield Box(dovecot, "ann")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def post(tmp_path: Path, certificates: Certificates) -> Iterator[Mailbox]:
    """A mailbox with a way out, both on servers of the test's own."""
    with mailbox(tmp_path, certificates) as made:
        yield made


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A screen, a session bus and a tray, where the program runs; this process is on the same bus."""
    with scene(tmp_path / "home") as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.bus.address)
        yield made
