"""`leaddesk screenshots`: pictures of the window's pages."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.doors.paths import data_dir
from leaddesk.words.errors import Refused

if TYPE_CHECKING:
    from leaddesk.desk import Desk


def screenshots_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Pictures of the window's pages, light and dark. Without --profile they show sample leads, so that no"
        " customer gets into a picture by accident.",
        "leaddesk screenshots ./pictures",
    )
    words.add_argument("folder", metavar="DIR")
    words.set_defaults(act=screenshots)


def screenshots(call: Call) -> int:
    folder = Path(call.args.folder).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _shown(call) as desk:
            for file, page, size, theme in call.faces.pictures(desk, folder):
                call.out.record({"file": file, "page": page, "size": size, "theme": theme}, str(file))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"{folder} cannot be written to.", "Choose another folder.") from error
    return 0


@contextmanager
def _shown(call: Call) -> Iterator[Desk]:
    """The profile that was asked for, else a throw-away one."""
    if call.database is not None or call.profile != data_dir():
        with call.desk() as desk:
            yield desk
        return
    from leaddesk import desk as core  # noqa: PLC0415 - heavy
    from leaddesk.desk.sample import begin_plans, make_sample, take_up_mailbox  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="leaddesk-pictures-", ignore_cleanup_errors=True) as parent:
        profile = Path(parent) / "profile"
        make_sample(profile, call.clock)
        with core.open(profile, doors=call.doors) as desk:
            take_up_mailbox(desk)
            begin_plans(desk)
            yield desk


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"screenshots": screenshots_words}
