"""What an organisation sends to many on an occasion: a survey, a seminar, a press release, an appeal."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.mailing import any_of, shipped_mailing
from leaddesk.rules.capture.nobody_speaks import lures
from leaddesk.rules.capture.paper import Paper
from leaddesk.rules.capture.vocabulary import fold_text, folder
from leaddesk.words.mail import MailKind

_READ = 4000


@functools.cache
def _words() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads((folder() / "occasions.toml").read_text("utf-8"))
    return {name: any_of(words) for name, words in table.items()}


def to_many(paper: Paper) -> Verdict | None:
    """The occasion on which it was sent; None for an answer, and wherever somebody says "I" and wishes."""
    if paper.answers or is_freemail(robots.domain_of(paper.mail.sender.address)) or lures(paper):
        return None
    if paper.speaks_alone and (paper.wishes or not paper.links):
        return None
    folded = fold_text(f"{paper.mail.subject}\n{paper.own_words[:_READ]}")
    counts = {name: len(set(pattern.findall(folded))) for name, pattern in _words().items()}
    if counts["press"] >= 2 or _words()["press"].search(paper.subject):
        return Verdict(MailKind.NEWSLETTER, ("A press release.",))
    if counts["register"] >= 3 and paper.figures and not paper.asks:
        return Verdict(MailKind.SPAM, ("A line in a register, to be paid for.",))
    if not paper.links:
        return None
    if counts["appeal"] and counts["appeal"] + counts["cause"] >= 3:
        return Verdict(MailKind.NEWSLETTER, ("It asks many for money for a cause.",))
    if counts["award"] >= 2 and not paper.wishes:
        return Verdict(MailKind.NEWSLETTER, ("It tells many of a prize.",))
    if paper.wishes or (counts["seats"] < 2 and shipped_mailing().wants(folded, paper.language)):
        return None
    if counts["seats"] and counts["seats"] + counts["events"] >= 2:
        return Verdict(MailKind.NEWSLETTER, ("It invites many to an event.",))
    if counts["survey"] and (paper.is_organisation or counts["survey"] >= 2):
        return Verdict(MailKind.TRANSACTIONAL, ("It asks how content we were.",))
    return None
