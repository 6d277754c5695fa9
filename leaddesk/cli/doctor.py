"""`leaddesk doctor`: looks at everything that must work, and says what to do."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.words.errors import Unusable


def doctor_words(words: ArgumentParser) -> None:
    describe(words, "Looks at everything that must work; 1 when something does not.", "leaddesk doctor")
    words.set_defaults(act=doctor)


def doctor(call: Call) -> int:
    try:
        with call.desk() as desk:
            checks = desk.health.doctor()
    except Unusable as failure:
        _tell(call, "database", False, failure.sentence, failure.mend or None)
        raise
    for check in checks:
        _tell(call, check.check, check.ok, check.detail, None if check.ok else check.mend)
    return 0 if all(check.ok for check in checks) else 1


def _tell(call: Call, check: str, ok: bool, detail: str, mend: str | None) -> None:
    words = f"{check:<9} {'ok' if ok else 'NO'}  {detail}"
    if mend:
        words += f"\n{'':13} {mend}"
    call.out.record({"check": check, "ok": ok, "detail": detail, "mend": mend}, words)


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"doctor": doctor_words}
