"""The two commands: what dev.py decides by itself, before and around apt, pip and pytest."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
DEV_PY = ROOT / "packaging" / "dev.py"
LOCKS = [ROOT / "packaging" / "requirements.txt", ROOT / "packaging" / "requirements-dev.txt"]
posix_only = pytest.mark.skipif(os.name != "posix", reason="apt and sudo are not here")


@pytest.fixture
def dev() -> ModuleType:
    """dev.py as a module of its own for each test."""
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV_PY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder: Path, name: str, script: str) -> Path:
    """A small shell program, found first on a PATH that begins with its folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def a_person(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody on Debian who is not root and lacks openbox; gives the folder of their programs."""
    folder = tmp_path / "bin"
    have = [*dev.WINDOW_PACKAGES, *dev.TEST_PACKAGES]
    have.remove("openbox")
    rows = [f"installed\t{name}\t" for name in have] + ["config-files\topenbox\t"]
    (tmp_path / "rows").write_text("\n".join(rows) + "\n")
    program(folder, "dpkg-query", f"cat {tmp_path / 'rows'}")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev, "DEBIAN", tmp_path)
    monkeypatch.setattr(dev, "APT_LISTS", tmp_path)
    (tmp_path / "some_Packages").touch()
    program(folder, "sudo", "exit 1")
    return folder


def sudo_that_notes(folder: Path, ends: str = "true") -> Path:
    """A sudo that runs nothing; gives the file with a line for each time it was asked."""
    log = folder.parent / "sudo.log"
    program(folder, "sudo", f"printf '%s\\n' \"$*\" >> {log}\n{ends}")
    return log


# System packages


@posix_only
def test_who_may_not_install_is_told_the_one_line_to_run(
    dev: ModuleType, a_person: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert dev.main(["test"]) == 1
    told = capsys.readouterr().err
    assert "Missing Debian packages: openbox\n" in told
    assert "    sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends openbox'\n" in told
    assert "Traceback" not in told


@posix_only
def test_sudo_without_a_password_installs_only_what_is_missing(dev: ModuleType, a_person: Path) -> None:
    log = sudo_that_notes(a_person)
    dev.have_packages("test")
    asked = log.read_text().splitlines()
    assert asked[0] == "-n true"
    assert asked[1].startswith("-n env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:")
    assert asked[1].endswith("install -y --no-install-recommends openbox")
    assert len(asked) == 2


@posix_only
def test_apt_is_updated_when_its_lists_are_missing(dev: ModuleType, a_person: Path, tmp_path: Path) -> None:
    log = sudo_that_notes(a_person)
    (tmp_path / "some_Packages").unlink()
    dev.have_packages("test")
    assert [line.split()[-1] for line in log.read_text().splitlines()] == ["true", "update", "openbox"]


@posix_only
def test_a_failing_apt_is_tried_once_more_with_new_lists_and_then_told(
    dev: ModuleType, a_person: Path
) -> None:
    log = sudo_that_notes(a_person, ends='[ "$2" = true ]')
    with pytest.raises(dev.Stop, match="apt could not install them"):
        dev.have_packages("test")
    assert [line.split()[-1] for line in log.read_text().splitlines()] == [
        *("true", "openbox", "update", "openbox")
    ]


@posix_only
def test_nothing_is_asked_of_root_when_nothing_is_missing(
    dev: ModuleType, a_person: Path, tmp_path: Path
) -> None:
    program(a_person, "sudo", f"touch {tmp_path / 'asked'}")
    dev.have_packages("run")  # openbox is for tests only
    dev.have_packages("lint")
    assert not (tmp_path / "asked").exists()


@posix_only
def test_a_provided_package_counts_as_installed(dev: ModuleType, a_person: Path, tmp_path: Path) -> None:
    (tmp_path / "rows").write_text(
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6), libglib2.0-0:any\n"
        "config-files\tdunst\tnotification-daemon\n"
    )
    assert dev.installed_packages() - {""} == {"libglib2.0-0t64", "libglib2.0-0"}


def test_a_python_without_ensurepip_needs_its_venv_package_first(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert dev.wanted_packages("lint") == [f"python3.{sys.version_info.minor}-venv"]


def test_another_system_carries_on_and_says_so(
    dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "DEBIAN", tmp_path / "debian_version")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", "")
    dev.have_packages("test")
    assert "Not Debian or Ubuntu" in capsys.readouterr().err


_WHO_AM_I = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("dev", sys.argv[1])
dev = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dev)
dev.become_the_person()
print(os.getuid(), os.geteuid(), os.getgid(), 0 in os.getgroups(), os.environ["HOME"])
assert "SUDO_UID" not in os.environ
try:
    os.setuid(0)
except PermissionError:
    print("for good")
"""


@posix_only
def test_root_through_sudo_becomes_the_person_for_good() -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give root away")
    import pwd

    nobody = pwd.getpwnam("nobody")
    environment = {**os.environ, "SUDO_UID": str(nobody.pw_uid), "SUDO_GID": str(nobody.pw_gid)}
    said = subprocess.run(
        [sys.executable, "-c", _WHO_AM_I, str(DEV_PY)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    uid = nobody.pw_uid
    assert said[:2] == [f"{uid} {uid} {nobody.pw_gid} False {nobody.pw_dir}", "for good"]


# .venv and the locks


@pytest.fixture
def steps(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Points dev.py at an empty checkout and notes the slow steps instead of taking them."""
    taken: list[str] = []
    venv = tmp_path / ".venv"
    for name in ("RUN_LOCK", "DEV_LOCK"):
        (tmp_path / name).write_text(f"{name} of Monday")
        monkeypatch.setattr(dev, name, tmp_path / name)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "STAMP", venv / "installed-locks")
    monkeypatch.setattr(dev, "PYTHON", venv / "python")

    def make_venv() -> None:
        taken.append("venv")
        venv.mkdir(exist_ok=True)
        (venv / "python").touch()

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "pip", lambda *arguments: taken.append(Path(arguments[-1]).name))
    return taken


def test_the_second_start_installs_nothing(dev: ModuleType, steps: list[str], tmp_path: Path) -> None:
    dev.set_up(dev.RUN_LOCK)
    assert steps == ["venv", "RUN_LOCK", tmp_path.name]
    dev.set_up(dev.RUN_LOCK)
    assert len(steps) == 3


def test_a_changed_lock_makes_a_fresh_venv(dev: ModuleType, steps: list[str]) -> None:
    dev.set_up(dev.RUN_LOCK)
    steps.clear()
    dev.RUN_LOCK.write_text("RUN_LOCK of Tuesday")
    dev.set_up(dev.RUN_LOCK)
    assert steps[:2] == ["venv", "RUN_LOCK"]


def test_another_python_makes_a_fresh_venv(
    dev: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up(dev.RUN_LOCK)
    steps.clear()
    monkeypatch.setattr(sys, "version", "3.11.2 (main)")
    dev.set_up(dev.RUN_LOCK)
    assert steps[:2] == ["venv", "RUN_LOCK"]


def test_test_after_run_adds_to_the_venv_and_run_after_test_is_content(
    dev: ModuleType, steps: list[str]
) -> None:
    dev.set_up(dev.RUN_LOCK)
    steps.clear()
    dev.set_up(dev.DEV_LOCK)
    assert "venv" not in steps
    assert steps[0] == "DEV_LOCK"
    steps.clear()
    dev.set_up(dev.RUN_LOCK)
    assert steps == []


def test_an_interrupted_installation_is_not_taken_for_done(
    dev: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up(dev.RUN_LOCK)

    def interrupted(*arguments: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "pip", interrupted)
    with pytest.raises(KeyboardInterrupt):
        dev.set_up(dev.DEV_LOCK)
    assert dev.satisfied() == []


def test_a_pip_that_fails_ends_in_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    monkeypatch.setattr(
        dev, "set_up", lambda lock: dev.pip("install", "--no-index", "no-such-package-of-ours")
    )
    monkeypatch.setattr(dev, "have_packages", lambda word: None)
    assert dev.main(["lint"]) == 1
    told = capsys.readouterr().err
    assert told.rstrip().endswith("If the network was away, start again when it is back.")
    assert "Traceback" not in told


def names_in(lock: Path) -> dict[str, str]:
    """Pinned versions by normalised name."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)", text, re.M)
    requirements = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(requirements) == len(names_in(lock)) > 10
    assert all("--hash=sha256:" in requirement for requirement in requirements)


def test_the_test_lock_holds_all_of_the_run_lock() -> None:
    run, test = (names_in(lock) for lock in LOCKS)
    assert run.items() <= test.items()


def test_the_locks_know_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    optional = project["project"]["optional-dependencies"].values()
    tools = [name for name in groups["dev"] if isinstance(name, str)]
    everything = [*run, *tools, *(name for names in optional for name in names)]
    for wanted, lock in zip((run, everything), LOCKS, strict=True):
        plain = {re.split(r"[^A-Za-z0-9_-]", name)[0].lower().replace("_", "-") for name in wanted}
        assert plain <= names_in(lock).keys(), "renew the locks: the command is at the head of each"


# What was asked for


def test_lint_takes_every_check_and_fails_when_the_first_did(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def call(command: list[str]) -> int:
        ran.append(" ".join(map(str, command[1:])))
        return int(len(ran) == 1)

    monkeypatch.setattr(dev, "call", call)
    assert dev.lint(["--fix"]) == 1
    assert ran == ["-m ruff check --fix", "-m ruff format --check", "-m mypy", "--no-logo"]


@pytest.mark.parametrize(
    ("lint", "pytest_code", "end"), [(0, 0, 0), (1, 0, 1), (0, 5, 5), (1, 2, 2), (0, -11, -11)]
)
def test_test_ends_with_pytests_code_and_never_hides_lint(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, lint: int, pytest_code: int, end: int
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "lint", lambda arguments: lint)

    def call(command: list[str]) -> int:
        ran.append(command)
        return pytest_code

    monkeypatch.setattr(dev, "call", call)
    assert dev.test(["tests/store", "-k", "x"]) == end
    assert ran[0][1:] == ["-m", "pytest", "tests/store", "-k", "x"]


@posix_only
def test_run_becomes_leaddesk_with_the_other_words(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(dev, "have_packages", lambda word: None)
    monkeypatch.setattr(dev, "set_up", lambda lock: None)
    monkeypatch.setattr(os, "execv", lambda path, command: started.append(command))
    dev.main(["run", "--demo", "--profile", "x y"])
    assert started == [[str(dev.BIN / "leaddesk"), "--demo", "--profile", "x y"]]


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["walk"], 2), (["--help"], 0)])
def test_a_wrong_word_shows_the_right_ones(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert dev.main(arguments) == code
    assert "packaging/dev.py run --demo" in capsys.readouterr().err


def test_an_old_python_reads_far_enough_to_say_so() -> None:
    ast.parse(DEV_PY.read_text(), feature_version=(3, 8))


@posix_only
def test_ci_does_what_a_person_does(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    program(folder, "python3", 'echo "$PWD: python3 $*"')
    said = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run")],
        cwd=tmp_path,
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == f"{ROOT}: python3 packaging/dev.py test\n"
