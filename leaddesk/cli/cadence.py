"""`leaddesk cadence`: plans listed, shown, checked and previewed; started and stopped for a lead."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from leaddesk.cli.arguments import branch, branches, describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.cli.show import Column, Record
from leaddesk.cli.times import moment
from leaddesk.rules.cadence.reading import FaultyPlan, read_plan
from leaddesk.rules.when import YEARS, at_wall_time
from leaddesk.words.cadence import Landing, Plan
from leaddesk.words.errors import Refused, Usage

_LIST = (Column("name", lambda row: row["name"]), Column("about", lambda row: row["about"], widest=90))
_PREVIEW = (
    Column("step", lambda row: str(row["step"])),
    Column("channel", lambda row: row["channel"]),
    Column("at", lambda row: _clock(row["at"])),
    Column("moved by", lambda row: row["shifted_by"] or ""),
)


def cadence_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Plans of follow-ups: each is finite, and every step waits for a person's word.",
        "leaddesk cadence preview Standard --enquiry-at 2026-12-18T16:40",
    )
    room = branches(words)
    branch(room, "list", list_plans, "The plans there are.", "leaddesk cadence list")
    shown = branch(room, "show", show_plan, "One plan, step by step.", "leaddesk cadence show Standard")
    shown.add_argument("name", metavar="NAME")
    checked = branch(
        room, "check", check_plan, "What is wrong in a plan's file.", "leaddesk cadence check plan.toml"
    )
    checked.add_argument("file", metavar="FILE.toml")
    previewed = branch(
        room,
        "preview",
        preview_plan,
        "Where the steps of a plan fall for an enquiry that came then.",
        "leaddesk cadence preview Standard --enquiry-at 2026-12-18T16:40",
    )
    previewed.add_argument("plan", metavar="NAME|FILE.toml")
    previewed.add_argument("--enquiry-at", metavar="TIME", required=True)
    previewed.add_argument("--zone", metavar="Z", help="the firm's zone; without it, this computer's")
    previewed.add_argument("--lead-zone", metavar="Z", help="the lead's zone; without it, the firm's")
    started = branch(
        room, "start", start_plan, "Gives a lead a plan, from now on.", "leaddesk cadence start 12 Gentle"
    )
    lead_argument(started)
    started.add_argument("name", metavar="NAME")
    stopped = branch(
        room, "stop", stop_plan, "No further step of its plan falls due.", "leaddesk cadence stop 12"
    )
    lead_argument(stopped)
    skipped = branch(
        room, "skip", skip_step, "Passes the next step of its plan over.", "leaddesk cadence skip 12"
    )
    lead_argument(skipped)


def list_plans(call: Call) -> int:
    with call.desk() as desk:
        records = [{"name": plan.name, "about": plan.about} for plan in desk.cadences.list()]
        faulty = desk.cadences.faulty()
    call.out.table(records, _LIST, "")
    for file, failure in faulty:
        call.out.warn(f"{file.name}: {failure.faults[0]}")
    return 0


def show_plan(call: Call) -> int:
    with call.desk() as desk:
        plan = desk.cadences.get(call.args.name)
    call.out.record(plan_record(plan), "\n".join(_page(plan)))
    return 0


def check_plan(call: Call) -> int:
    faults: tuple[str, ...] = ()
    try:
        read_plan(_bytes(call.args.file))
    except FaultyPlan as failure:
        faults = tuple(map(str, failure.faults))
    call.out.record({"ok": not faults, "errors": list(faults)}, "\n".join(faults) or "The plan can be used.")
    return 1 if faults else 0


def preview_plan(call: Call) -> int:
    zone, lead_zone = (_zone(name) for name in (call.args.zone, call.args.lead_zone))
    own = zone or call.clock.zone()
    at = _enquiry_at(call, own)
    with call.desk() as desk:
        given = call.args.plan
        plan = read_plan(_bytes(given)) if given.lower().endswith(".toml") else desk.cadences.get(given)
        landings = desk.cadences.preview(plan, at, own, lead_zone)
    call.out.table([landing_record(each, own) for each in landings], _PREVIEW, "")
    return 0


def start_plan(call: Call) -> int:
    with call.desk() as desk:
        plan = desk.following.start(call.args.lead, call.args.name)
    record = {"did": "Plan chosen", "lead": call.args.lead, "cadence": plan.name}
    call.out.record(record, f"Lead {call.args.lead} follows {plan.name} from now on.")
    return 0


def stop_plan(call: Call) -> int:
    with call.desk() as desk:
        desk.following.stop(call.args.lead)
    return _did(call, "Plan stopped")


def skip_step(call: Call) -> int:
    with call.desk() as desk:
        desk.following.pass_over(call.args.lead)
    return _did(call, "Step passed over")


def _did(call: Call, did: str) -> int:
    call.out.record({"did": did, "lead": call.args.lead}, f"{did}: lead {call.args.lead}")
    return 0


def plan_record(plan: Plan) -> Record:
    """The plan with the keys of its file."""
    return {
        "name": plan.name,
        "about": plan.about,
        "end": plan.end.value,
        "cap_per_week": plan.cap_per_week,
        "steps": [
            {"after": str(step.after), "channel": step.way.value, "template": step.template or None}
            for step in plan.steps
        ],
    }


def landing_record(landing: Landing, zone: tzinfo) -> Record:
    """Times as text: they carry the offset of the zone that was asked for."""
    at = landing.at.astimezone(zone).isoformat() if landing.at else None
    shift = landing.shifted_by.value if landing.shifted_by else None
    return {"step": landing.number, "channel": landing.way.value, "at": at, "shifted_by": shift}


def _page(plan: Plan) -> list[str]:
    lines = [plan.name, plan.about, "", "  now   the first reply"]
    lines += [f"  +{step.after!s:<4} {step.way} {step.template}".rstrip() for step in plan.steps]
    return [*lines, "", f"At most {plan.cap_per_week} touches in seven days. It ends with: {plan.end}."]


def _clock(at: str | None) -> str:
    return f"{datetime.fromisoformat(at):%a %d %b %Y %H:%M}" if at else "no place in 400 days"


def _enquiry_at(call: Call, zone: tzinfo) -> datetime:
    """Without an offset the time is one of the firm's zone."""
    given = call.args.enquiry_at.strip()
    try:
        told = datetime.fromisoformat(given)
    except ValueError:
        return moment(given, call.clock)
    if told.tzinfo or told.year not in YEARS:
        return moment(given, call.clock)
    return at_wall_time(told.date(), told.time(), zone)


def _zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        raise Usage(f"'{name}' is no time zone.", "Write it as Europe/Berlin.") from None


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror or error}.") from None


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"cadence": cadence_words}
