"""The form of every call: where options stand, what goes where, how it ends."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest

from leaddesk.cli import Faces, Wish
from leaddesk.cli.call import Call
from leaddesk.cli.program import COMMANDS
from leaddesk.cli.queue import show_queue
from tests.cli.calling import Cli

BRANCHES = {
    "account": ("add", "list", "test", "remove"),
    "feed": ("add", "list", "remove"),
    "outbox": ("resolve", "cancel", "allow"),
}
DUE = {
    *("account", "feed", "watch", "capture", "parse", "add", "queue", "lead", "reply", "outbox", "log"),
    *("snooze", "close", "reopen", "undo", "review", "backup", "restore", "doctor", "config", "screenshots"),
    *("sample", "import", "teach", "audit", "cadence", "merge", "unmerge", "holding", "due"),
    *("take", "out", "assign", "opt-out"),
}


def test_the_help_lists_what_is_due_and_nothing_else(cli: Cli) -> None:
    said = cli("--help")
    assert said.code == 0
    assert {command.name for command in COMMANDS} == DUE
    assert all(f"    {name} " in said.out for name in DUE)
    assert "    drill " not in said.out


@pytest.mark.parametrize(
    "words", [(name,) for name in sorted(DUE)] + [(c, b) for c in BRANCHES for b in BRANCHES[c]]
)
def test_the_help_of_each_has_an_example(cli: Cli, words: tuple[str, ...]) -> None:
    said = cli(*words, "--help")
    assert said.code == 0
    assert said.out.startswith(f"usage: leaddesk {' '.join(words)}")
    assert f"Example:\n  leaddesk {words[0]}" in said.out
    assert "--json" in said.out
    assert not cli.profile.exists()


def test_the_options_work_before_and_after_the_command(cli: Cli, tmp_path: Path) -> None:
    cli.lead()
    before, after = cli("--json", "queue"), cli("queue", "--json")
    assert before.out == after.out
    assert before.record["name"] == "Ngozi Eze"
    elsewhere = cli("queue", "--profile", str(tmp_path / "other"), "--json")
    assert (elsewhere.code, elsewhere.out) == (0, "")
    assert (tmp_path / "other" / "leaddesk.db").exists()
    assert cli("account", "--json", "list").out == ""


def test_the_profile_may_stand_in_the_environment(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from leaddesk.cli import run

    cli.lead()
    monkeypatch.setenv("LEADDESK_PROFILE", str(cli.profile))
    cli.capsys.readouterr()
    assert run(["queue", "--json"]) == 0
    assert json.loads(cli.capsys.readouterr().out)["name"] == "Ngozi Eze"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("grow",), "There is no command 'grow'."),
        (("queue", "--limit", "many"), "whole number"),
        (("queue", "--lim", "3"), "nrecognized arguments"),
        (("lead",), "required: LEAD"),
        (("lead", "0"), "whole number"),
        (("close", "1", "sold"), "invalid choice"),
        (("add",), "required: --name"),
        (("add", "--name", "-Bob"), "--option=-value"),
        (("account",), "required: WHAT"),
        (("queue", "--as-of", "soon"), "'soon' is not a time."),
        (("review", "--from", "monday"), "is not a day"),
        (("review", "--from", "2026-11-02", "--to", "2026-11-01"), "comes after the last"),
    ],
)
def test_wrong_usage_is_one_line_and_ends_with_2(cli: Cli, words: tuple[str, ...], sentence: str) -> None:
    said = cli(*words)
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_with_json_a_failure_is_one_sentence_and_no_answer(cli: Cli) -> None:
    said = cli("lead", "9", "--json")
    assert (said.code, said.out, said.err) == (1, "", "There is no lead 9.\n")
    assert cli("lead", "9").err == "There is no lead 9. leaddesk queue shows those that wait.\n"


def test_a_name_that_begins_with_a_dash_can_be_given(cli: Cli) -> None:
    assert cli("add", "--name=-Bob").code == 0
    assert cli.json("queue")[0]["name"] == "-Bob"


def test_json_is_utf8_with_times_that_tell_their_offset(cli: Cli) -> None:
    cli.lead("Sabine Brückner")
    said = cli("queue", "--json")
    assert "Brückner" in said.out
    assert said.record["since"] == "2026-11-02T08:57:00+00:00"
    assert said.record["waiting_s"] == 180


def test_what_nobody_foresaw_is_logged_and_told_in_one_sentence(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.lead()
    monkeypatch.setattr("leaddesk.desk.queue.Queue.today", lambda *_: 1 / 0)
    said = cli("queue")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "Something went wrong inside LeadDesk; what is stored is safe." in said.err
    log = cli.profile / "logs" / "leaddesk.log"
    assert str(log) in said.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_log_is_not_made_where_nothing_happened(cli: Cli) -> None:
    cli.lead()
    assert not (cli.profile / "logs").exists()


def test_a_reader_that_went_away_is_met_in_silence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.lead()

    def closed(text: str) -> int:
        raise OSError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("leaddesk.cli.show.Output.hush", lambda self: None)
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdout, "write", closed)
        said = cli("queue", "--json")
    assert (said.code, said.out, said.err) == (1, "", "")


def test_ctrl_c_ends_without_a_word(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(call: Call) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaddesk.cli.queue.show_queue", pressed)
    said = cli("queue")
    assert (said.code, said.out, said.err) == (130, "", "")
    assert show_queue is not pressed


def test_data_of_the_future_is_left_alone(cli: Cli) -> None:
    import apsw

    cli.lead()
    database = cli.profile / "leaddesk.db"
    connection = apsw.Connection(str(database))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()
    for words in (("queue",), ("watch", "--once"), ("doctor",), ("backup",)):
        assert cli(*words, "--json").code == 4, words
    assert database.read_bytes() == before


def test_without_a_command_the_window_is_wished_for(cli: Cli) -> None:
    wishes: list[Wish] = []

    def window(wish: Wish) -> int:
        wishes.append(wish)
        return 7

    cli.faces = Faces(window=window)
    assert cli().code == 7
    assert cli("--demo", "--in-tray").code == 7
    assert [(wish.profile, wish.demo) for wish in wishes] == [(cli.profile, False), (cli.profile, True)]
    assert "--in-tray" in wishes[1].words


def test_where_there_is_no_window_a_sentence_says_so(cli: Cli) -> None:
    said = cli()
    assert (said.code, said.err) == (1, "There is no window here. leaddesk --help lists the commands.\n")
