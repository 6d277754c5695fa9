"""Trying an account on the proposed servers, one after the other, until one answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from leaddesk.words.account import Account, AccountReport, Proposal, Server, Step, TestStep

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts

Say = Callable[[TestStep | None], None]
"""Told each step as it ended, and None when other servers are tried from the start."""
_ELSEWHERE = (Step.REACH, Step.TLS)
_MOST_TRIES = 8


def try_servers(
    accounts: Accounts, account: Account, proposal: Proposal, password: str, say: Say
) -> AccountReport:
    """Add the account with the first servers that answer.

    Returns the report of the try that came farthest where none works; nothing is stored then.
    """
    imap, smtp = list(proposal.imap), list(proposal.smtp)
    best: AccountReport | None = None
    for _ in range(_MOST_TRIES):
        report = accounts.add(replace(account, imap=imap[0], smtp=smtp[0]), password, on_step=say)
        if best is None or len(report.tests) > len(best.tests):
            best = report
        if report.ok or not _next_server(report, imap, smtp):
            return report if report.ok else best
        say(None)
    return best or report


def _next_server(report: AccountReport, imap: list[Server], smtp: list[Server]) -> bool:
    """Drop the server that did not answer; False when there is no other."""
    failed = next(test for test in report.tests if not (test.ok or test.bearable))
    candidates = imap if failed.server == "imap" else smtp
    if failed.step not in _ELSEWHERE or len(candidates) < 2:
        return False
    del candidates[0]
    return True
