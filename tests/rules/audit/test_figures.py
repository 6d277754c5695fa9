"""What the past comes to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from leaddesk.rules.audit.figures import never_answered, timed, unanswered
from leaddesk.rules.audit.rescue import left_today, offer
from leaddesk.rules.response import review
from leaddesk.words.audit import Unanswered
from tests.letters import form_notice
from tests.rules.audit.past import came, head, hour, walked, went

NOW = hour(24 * 30)
BERLIN = ZoneInfo("Europe/Berlin")
FORM = form_notice("Ngozi Eze", "ngozi@example.org", "Could you quote for a loft?\nWe start in March.")


def test_everybody_counts_and_who_asked_within_three_days_still_waits() -> None:
    past = walked(
        head(0, sender="a@x.example"), went(1, "a@x.example"), head(2, sender="b@x.example"),
        head(24 * 30 - 71, sender="c@x.example"),
    )  # fmt: skip
    figures = review(timed(past, "ann@lofts.example", NOW), NOW)
    assert (figures.enquiries, figures.answered, figures.never, figures.waiting) == (3, 1, 1, 1)
    assert (figures.within_1h, figures.median, figures.answered_median) == (1, None, timedelta(hours=1))
    assert [each.source for each in figures.by_source] == ["Email to ann@lofts.example"]


def test_of_each_person_who_was_never_answered_the_newest_enquiry_is_kept() -> None:
    past = walked(
        came(0, FORM),
        came(50, form_notice("Ngozi Eze", "ngozi@example.org", "Once more: a loft?")),
        head(10, sender="bob@x.example"),
        head(20, sender="eve@x.example"),
        went(30, "eve@x.example"),
    )
    assert [each.came.at for each in never_answered(past, NOW)] == [hour(50), hour(10)]


def test_what_is_kept_of_a_form_is_who_what_and_where_it_lies() -> None:
    (asked,) = walked(came(0, FORM)).asked
    kept = unanswered(asked, 3, "ann@lofts.example", "INBOX", 7)
    assert (kept.name, kept.email, kept.wants) == (
        "Ngozi Eze", "ngozi@example.org", "Could you quote for a loft? We start in March.",
    )  # fmt: skip
    assert (kept.account, kept.folder, kept.uidvalidity, kept.uid) == (3, "INBOX", 7, asked.came.uid)


def kept_from(at: datetime, phone: str | None = None) -> Unanswered:
    return Unanswered(
        id=5, account=1, folder="INBOX", uidvalidity=7, uid=1, message_id=None, received_at=at, name="Bob",
        email=None, phone=phone, subject="A roof", wants="A roof", source="Website: contact form",
    )  # fmt: skip


def test_the_reason_counts_local_days() -> None:
    now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight of the 25th in Berlin
    late = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)  # half past midnight of the 2nd
    assert offer(kept_from(late), now, BERLIN).why == "Asked 23 days ago, never answered"
    assert offer(kept_from(now - timedelta(hours=5)), now, BERLIN).why == "Asked yesterday, never answered"
    with_phone = offer(kept_from(late, "+441174960123"), now, BERLIN)
    assert with_phone.why == "Asked 23 days ago, never answered; left a phone number"


def test_three_a_day_and_those_that_were_settled_today_count() -> None:
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    yesterday, morning = now - timedelta(hours=14), now - timedelta(hours=4)
    assert left_today([], now, BERLIN) == 3
    assert left_today([yesterday, morning], now, BERLIN) == 2
    assert left_today([morning] * 9, now, BERLIN) == 0
