"""News of the services as the events of `leaddesk watch`."""

from __future__ import annotations

from typing import Any

from leaddesk.cli.show import Record
from leaddesk.words.news import (
    AlertRaised,
    ConnectionChanged,
    EnquiryArrived,
    MailArrived,
    News,
    OutgoingChanged,
    ReplyArrived,
)
from leaddesk.words.outgoing import OutgoingState

_OUTGOING = {
    OutgoingState.CLAIMED: "sending",
    OutgoingState.SENT: "sent",
    OutgoingState.REFUSED: "refused",
    OutgoingState.DEFERRED: "deferred",
    OutgoingState.UNSURE: "unsure",
    OutgoingState.CANCELLED: "cancelled",
}
"""States that are told, by the word of their event."""


def event_of(news: News) -> Record | None:
    """The event, with every id that it concerns (None where it concerns none); None for what is not told."""
    match news:
        case ConnectionChanged():
            return _event(
                news, "connection", account=news.account, feed=news.feed, folder=news.folder,
                state=news.state, why=news.why or None,
            )  # fmt: skip
        case MailArrived():
            return _event(news, "mail", account=news.account, lead=news.lead, mail=news.mail, kind=news.kind)
        case EnquiryArrived():
            return _event(
                news, "enquiry", account=news.account, lead=news.lead, enquiry=news.enquiry,
                received_at=news.received_at, seen_at=news.seen_at, quiet=news.quiet,
            )  # fmt: skip
        case ReplyArrived():
            return _event(
                news, "reply", account=news.account, lead=news.lead, joined=news.joined, quiet=news.quiet
            )
        case AlertRaised():
            return _event(
                news,
                "alert",
                lead=news.lead,
                count=news.count,
                loudness=news.loudness,
                shown_by=news.shown_by,
            )
        case OutgoingChanged() if news.state in _OUTGOING:
            return _event(
                news, _OUTGOING[news.state], account=news.account, lead=news.lead, outgoing=news.outgoing
            )
    return None


def event_words(event: Record, name: str | None, clock: str) -> str:
    """An event on one line for people; `name` is its lead's."""
    details = [name, *(f"{key} {event[key]}" for key in ("lead", "outgoing") if event[key] is not None)]
    match event["event"]:
        case "connection":
            details = [event["folder"], str(event["state"]), event["why"]]
        case "mail":
            details.append(str(event["kind"]))
        case "enquiry" if event["quiet"]:
            details.append("from before the first sync")
        case "reply" if event["joined"]:
            details.append("joins a running enquiry")
        case "alert":
            many = f"{event['count']} at once" if event["count"] > 1 else None
            details += [many, f"shown by {event['shown_by']}" if event["shown_by"] else "not shown here"]
    return f"{clock}  {event['event']:<10}  {', '.join(filter(None, details))}"


def _event(news: News, event: str, **facts: Any) -> Record:
    ids = dict.fromkeys(("account", "lead", "enquiry", "outgoing"))
    return {"event": event, "at": news.at, **ids, **facts}
