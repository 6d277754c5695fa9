"""What is told while a mail account is set up or tried, and the facts of one that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leaddesk.cli.call import Call
from leaddesk.cli.show import Record
from leaddesk.words.account import Account, AccountReport, Server, TestStep
from leaddesk.words.errors import Refused


def account_record(account: Account, tests: Sequence[TestStep]) -> Record:
    """The account as the contract names its facts; `account` is None where it was not kept."""
    return {
        "account": account.id or None,
        "email": account.email,
        "imap": _server_record(account.imap),
        "smtp": _server_record(account.smtp),
        "folder": account.folder,
        "sent_folder": account.sent_folder,
        "keyring": account.keyring,
        "sign_in": account.sign_in,
        "signer": account.signer or None,
        "smtp_off": account.smtp_off,
        "tests": [
            {"step": each.step, "server": each.server, "ok": each.ok, "detail": each.detail} for each in tests
        ],
    }


def tell_step(call: Call, step: TestStep) -> None:
    """Each step as it ends, for who looks on."""
    mend = f" {step.mend}" if step.mend and not step.ok else ""
    call.out.note(f"{step.server}  {step.step:<6}  {'ok' if step.ok else 'NO'}  {step.detail}{mend}")


def kept_or_not(call: Call, report: AccountReport, lost: str) -> int:
    """Tells what became of an account that was set up; `lost` is what a missing keyring means."""
    if not report.ok:
        is_new = report.account.id == 0
        return refused(call, report, "The account was not added" if is_new else "The sign-in was not kept")
    kept = report.account
    if kept.keyring is None and not kept.keep_in_memory:
        call.out.warn(f"There is no keyring here that can be used: {lost}.")
    for step in report.tests:
        if step.bearable:
            call.out.warn(f"{step.detail} {step.mend}")
    call.out.record(account_record(kept, report.tests), f"Account {kept.id}: {kept.email} is set up.")
    return 0


def refused(call: Call, report: AccountReport, sentence: str) -> int:
    failed = next(step for step in report.tests if not (step.ok or step.bearable))
    call.out.record(account_record(report.account, report.tests))
    call.out.warn(f"{sentence}: {failed.detail}")
    return Refused.exit_code


def _server_record(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security}
