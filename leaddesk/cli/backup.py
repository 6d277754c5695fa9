"""`leaddesk backup` and `restore`: a verified copy of the data, and the way back."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.people import counted
from leaddesk.words.errors import Refused, Usage

if TYPE_CHECKING:
    from leaddesk.desk import Desk


def backup_words(words: ArgumentParser) -> None:
    describe(
        words,
        "A verified copy of the data, also while LeadDesk runs; without FILE in the profile's own folder.",
        "leaddesk backup /media/stick/leaddesk.db",
    )
    words.add_argument("file", metavar="FILE", nargs="?")
    words.set_defaults(act=backup)


def backup(call: Call) -> int:
    target = _absolute(call.args.file) if call.args.file else None
    if target is not None:
        _check_target(call, target)
    with call.desk() as desk:
        file = desk.backup.now(target)
        counts = counts_of(desk)
    call.out.record({"file": file, **counts}, f"Safe in {file}: {counted(counts['leads'], 'lead')}")
    return 0


def restore_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Goes back to a copy; the data before is kept aside. Nothing is sent until you say so: 'leaddesk"
        " outbox allow', or the window's button. Close the window and 'leaddesk watch' first.",
        "leaddesk restore /media/stick/leaddesk.db",
    )
    words.add_argument("file", metavar="FILE")
    words.set_defaults(act=restore)


def restore(call: Call) -> int:
    from leaddesk.desk import desk_id_of  # noqa: PLC0415 - heavy
    from leaddesk.desk.backup import restore as put_back  # noqa: PLC0415
    from leaddesk.doors.instance import Kind, ProfileLock  # noqa: PLC0415
    from leaddesk.doors.paths import make_private  # noqa: PLC0415

    file = _absolute(call.args.file)
    if call.database is not None:
        raise Refused("A database on a server is restored there.", "pg_restore does it.")
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    if file == _data(call):
        raise Usage("This is the data that is in use already.", "Give a copy of it.")
    make_private(call.profile)
    with ProfileLock(call.profile, Kind.WATCH):
        restored = put_back(call.profile, file, desk_id_of(call.profile), call.clock)
        with call.desk() as desk:
            counts = counts_of(desk)
    aside = f" The data before is in {restored.kept}." if restored.kept else ""
    record = {"file": restored.file, "kept": restored.kept, **counts}
    call.out.record(record, f"Back: {counted(counts['leads'], 'lead')}.{aside}")
    call.out.note("Nothing is sent until you allow it: leaddesk outbox allow")
    return 0


def counts_of(desk: Desk) -> dict[str, int]:
    """What the data holds."""
    totals = desk.store.bulk.totals()
    return {"leads": totals.leads, "enquiries": totals.enquiries, "entries": totals.entries}


def _check_target(call: Call, target: Path) -> None:
    if target.is_dir():
        raise Usage(f"{target} is a folder.", "Give the name of a file in it.")
    if target == _data(call):
        raise Usage("The copy would take the place of the data itself.", "Give another file.")


def _data(call: Call) -> Path:
    from leaddesk.doors.store import DATABASE_NAME  # noqa: PLC0415 - heavy

    return call.profile.resolve() / DATABASE_NAME


def _absolute(text: str) -> Path:
    return Path(text).expanduser().resolve()


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"backup": backup_words, "restore": restore_words}
