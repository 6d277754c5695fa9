#!/usr/bin/env python3
"""Sets up what LeadDesk needs, once, and then does what you asked for.

    python3 packaging/dev.py run --demo           open LeadDesk (arguments go to `leaddesk`)
    python3 packaging/dev.py test [tests/store]   lint, then the tests (arguments go to pytest)
    python3 packaging/dev.py lint                 format, lint, types and import contracts
    python3 packaging/dev.py bench                the benchmarks
    python3 packaging/dev.py build                a wheel in dist/

It needs Python 3.11 and nothing else. On Debian and Ubuntu it also installs the system packages that
are missing. It works as you: only apt runs as root, through sudo. Python's packages come from the locks
beside this file, with hashes, into .venv; that is made anew when a lock or the Python changes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-locks"
"""Says by their keys which locks .venv satisfies; absent while it is being made."""
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
RUN_LOCK = ROOT / "packaging" / "requirements.txt"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.txt"
"""Holds all of the run lock too, in the same versions."""

DEBIAN = Path("/etc/debian_version")
APT_LISTS = Path("/var/lib/apt/lists")
WINDOW_PACKAGES = (
    *("libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0"),
    *("libgssapi-krb5-2", "libbrotli1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
    *("fonts-inter", "fonts-noto-core", "fonts-noto-color-emoji"),
)
"""What Qt's wheel expects of the system, and letters for most of the world's names."""
TEST_PACKAGES = (
    *("xvfb", "xauth", "openbox", "xdotool", "x11-utils", "imagemagick", "dovecot-imapd", "dovecot-lmtpd"),
    *("gnome-keyring", "dbus", "dbus-x11", "dunst", "libnotify-bin", "postgresql"),
)
"""The real servers and the real desktop that the tests talk to."""
SERVICES = {"dovecot-imapd": "dovecot.service", "postgresql": "postgresql.service"}
"""Debian starts these by itself; the tests start their own."""

INSTALL = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends")
ROOT_ENVIRONMENT = ("env", "DEBIAN_FRONTEND=noninteractive", "PATH=/usr/sbin:/usr/bin:/sbin:/bin")


class Stop(Exception):
    """Something that a person must know or do; the text is what they are told."""


def say(line: str) -> None:
    """Progress goes to standard error: standard output is the program's."""
    print(line, file=sys.stderr, flush=True)


# System packages


def wanted_packages(word: str) -> list[str]:
    """The Debian packages that a word needs."""
    names = []
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it apart from Python
        names.append(f"python3.{sys.version_info[1]}-venv")
    if word in ("run", "test", "bench"):
        names += WINDOW_PACKAGES
    if word in ("test", "bench"):
        names += TEST_PACKAGES
    return names


def installed_packages() -> set[str]:
    """The names of all installed Debian packages, and the names that these provide."""
    form = "${db:Status-Status}\t${Package}\t${Provides}\n"
    command = ["dpkg-query", "--show", "--showformat", form]
    listing = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split("\t") for line in listing.splitlines()]
    return {
        name.split("(")[0].split(":")[0].strip()
        for state, package, provided in rows
        if state == "installed"
        for name in (package, *provided.split(","))
    }


def have_packages(word: str) -> None:
    """Installs the system packages that are missing, or says how."""
    wanted = wanted_packages(word)
    if not DEBIAN.exists():
        if sys.platform.startswith("linux"):
            say("Not Debian or Ubuntu: carrying on with the system's libraries as they are.")
        return
    installed = installed_packages()
    missing = [name for name in wanted if name not in installed]
    if missing:
        say(f"Missing Debian packages: {' '.join(missing)}")
        install_packages(missing)


def way_to_root() -> list[str] | None:
    """What stands before a command for root; None where root cannot be had."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    silent = subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL, check=False)
    if silent.returncode == 0:
        return [sudo, "-n"]
    somebody_can_be_asked = sys.stdin is not None and sys.stdin.isatty()
    return [sudo] if somebody_can_be_asked else None


def by_hand(missing: Iterable[str]) -> str:
    """The one line with which a person installs the packages."""
    root = "sudo sh -c" if shutil.which("sudo") else "su - -c"
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    return f"Run this line, then start again:\n\n    {root} '{line}'\n"


def install_packages(missing: Sequence[str]) -> None:
    """Installs through apt, with its progress on the screen."""
    way = way_to_root()
    if way is None:
        raise Stop(f"only root may install them. {by_hand(missing)}")
    as_root = [*way, *ROOT_ENVIRONMENT]
    has_lists = any(APT_LISTS.glob("*_Packages*"))
    if not has_lists or call([*as_root, *INSTALL, *missing]):
        call([*as_root, "apt-get", "update"])  # old lists name packages that are gone
        if call([*as_root, *INSTALL, *missing]):
            raise Stop(f"apt could not install them, see above. {by_hand(missing)}")
    keep_services_down(missing, as_root)


def keep_services_down(missing: Iterable[str], as_root: Sequence[str]) -> None:
    """A mail server and a database that came along for the tests must not serve this machine."""
    services = [SERVICES[name] for name in missing if name in SERVICES]
    if services and Path("/run/systemd/system").is_dir():
        call([*as_root, "systemctl", "disable", "--now", *services])


def become_the_person() -> None:
    """Root through sudo goes back to the person who typed it, for good. Root by itself stays root."""
    uid = int(os.environ.get("SUDO_UID", "0"))
    if os.name != "posix" or uid == 0 or os.geteuid() != 0:
        return
    import pwd  # noqa: PLC0415 - Windows has none

    try:
        person = pwd.getpwuid(uid)
    except KeyError as error:
        raise Stop(f"sudo says that user {uid} started this, and there is no such user.") from error
    os.initgroups(person.pw_name, person.pw_gid)
    os.setgid(person.pw_gid)
    os.setuid(uid)
    os.environ.update(HOME=person.pw_dir, USER=person.pw_name, LOGNAME=person.pw_name)
    for name in [name for name in os.environ if name.startswith("SUDO_")]:
        del os.environ[name]
    session = Path("/run/user") / str(uid)  # sudo forgets where the desktop's bus and keyring are
    if session.is_dir():
        os.environ.setdefault("XDG_RUNTIME_DIR", str(session))
        os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", f"unix:path={session}/bus")


# Python packages


def key(lock: Path) -> str:
    """Another key, another environment: it changes with the packages, the Python and the folder."""
    facts = "\n".join((sys.version, sys.base_prefix, str(ROOT)))
    return hashlib.sha256(facts.encode() + lock.read_bytes()).hexdigest()


def satisfied() -> list[str]:
    """Keys of the locks that .venv satisfies."""
    return STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []


def set_up(lock: Path) -> None:
    """Makes .venv satisfy the lock; does nothing when it already does."""
    done = satisfied()
    if key(lock) in done:
        return
    STAMP.unlink(missing_ok=True)
    if key(RUN_LOCK) not in done:
        make_venv()
    say(f"Installing the packages of {lock.relative_to(ROOT)}")
    pip("install", "--require-hashes", "-r", str(lock))
    pip("install", "--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text("\n".join({key(RUN_LOCK), key(lock)}) + "\n")
    say("Done. The next start is quick.")


def make_venv() -> None:
    """A fresh .venv with pip in it."""
    say(f"Making .venv with Python {sys.version.split()[0]}")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    except subprocess.CalledProcessError as error:
        raise Stop(f"Python could not put pip into .venv: {error}") from error


def pip(*arguments: str) -> None:
    """Runs pip of .venv, one line a package; its last words are told when it fails."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    last_words: deque[str] = deque(maxlen=12)
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            last_words.append(line)
            if line.startswith("Collecting "):
                say(f"  getting {line.split()[1]}")
            elif line.startswith("Installing collected packages"):
                say("  putting them in place")
    if process.returncode:
        say("".join(last_words))
        raise Stop("pip failed, see above. If the network was away, start again when it is back.")


# What was asked for


def call(command: Sequence[str | Path]) -> int:
    """Runs a command in the checkout, with our screen; its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def run(arguments: list[str]) -> int:
    """LeadDesk itself, in this process where the system can do that."""
    command = [str(BIN / "leaddesk"), *arguments]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    sys.stderr.flush()
    os.execv(command[0], command)


def lint(arguments: list[str]) -> int:
    """All checks, even when the first fails; 1 when one did. Arguments go to `ruff check`."""
    checks: tuple[list[str | Path], ...] = (
        [PYTHON, "-m", "ruff", "check", *arguments],
        [PYTHON, "-m", "ruff", "format", "--check"],
        [PYTHON, "-m", "mypy"],
        [BIN / "lint-imports", "--no-logo"],
    )
    failed = [check for check in checks if call(check)]
    return 1 if failed else 0


ALL_TESTS = ["--numprocesses", "2", "--dist", "loadfile"]
"""Two at a time, each file's tests in one process: many of them wait for a server or a window."""


def test(arguments: list[str]) -> int:
    """Lint, then pytest; ends with pytest's code, or with lint's when only that failed."""
    untidy = lint([])
    code = call([PYTHON, "-m", "pytest", *(arguments or ALL_TESTS)])
    if untidy:
        say("Lint has something to say: scroll up, or run `python3 packaging/dev.py lint`.")
    return code or untidy


def bench(arguments: list[str]) -> int:
    """The benchmarks, with a table at the end."""
    return call([PYTHON, "-m", "tests.bench", *arguments])


def build(arguments: list[str]) -> int:
    """A wheel in dist/."""
    wheel = ("--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", "dist")
    return call([PYTHON, "-m", "pip", "wheel", *wheel, *arguments, "."])


WORDS: dict[str, Callable[[list[str]], int]] = {
    word.__name__: word for word in (run, test, lint, bench, build)
}


def main(arguments: list[str]) -> int:
    """Does one word; a failure that a person can mend is told in a sentence."""
    if not arguments or arguments[0] not in WORDS:
        say(__doc__ or "")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    word, *rest = arguments
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for the others
            raise Stop(f"LeadDesk needs Python 3.11 or newer, and this is {sys.version.split()[0]}.")
        have_packages(word)
        become_the_person()
        os.environ.pop("PYTHONHOME", None)
        set_up(RUN_LOCK if word in ("run", "build") else DEV_LOCK)
        return WORDS[word](rest)
    except (Stop, OSError, subprocess.CalledProcessError) as trouble:
        say(f"dev.py: {trouble}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
