"""`leaddesk holding`, and the switch of the holding message."""

from __future__ import annotations

from tests.cli.calling import Cli


def land(cli: Cli) -> None:
    raw = (
        "From: Ngozi Eze <ngozi@example.org>\nReturn-Path: <ngozi@example.org>\nTo: ann@lofts.example\n"
        "Subject: Loft\nMessage-ID: <a@example.org>\nDate: Mon, 02 Nov 2026 08:50:00 +0000\n\n"
        "Can you quote for a loft conversion?\n"
    )
    file = cli.profile.parent / "a.eml"
    file.write_text(raw)
    assert cli("capture", str(file)).code == 0


def test_switching_on_first_shows_what_would_have_gone_out(cli: Cli) -> None:
    land(cli)
    said = cli("config", "holding.on", "on")
    assert "Of 1 enquiries of the last seven days 0 would have had" in said.err
    assert "Ngozi Eze: No automatic reply because no mailbox is set up to send it from." in said.err
    assert cli.json("config", "holding.on")[0]["value"] is True


def test_the_preview_has_a_line_an_enquiry(cli: Cli) -> None:
    land(cli)
    (row,) = cli.json("holding")
    assert (row["send"], row["rule"], row["text"]) == (False, "account", None)
    said = cli("holding")
    assert "switched off" in said.err
    assert cli.json("holding", "text")[0]["text"].startswith("Hello,")


def test_a_lead_tells_why_it_had_no_automatic_reply(cli: Cli) -> None:
    land(cli)
    (lead,) = cli.json("lead", "1")
    assert lead["enquiries"][0]["holding"] == {
        "send": False,
        "rule": "off",
        "why": "No automatic reply because the holding message is switched off.",
        "promised_at": None,
    }
