"""Plans that a person edits: saved as files, leads taken along or not, the old one standing beside faults."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from leaddesk.rules.cadence.editing import draft_of, new_draft
from leaddesk.words.cadence import After, End, Step
from leaddesk.words.due import Way
from leaddesk.words.errors import DiskTrouble, Refused, Usage
from leaddesk.words.plan_choice import read_choice
from leaddesk.words.plan_view import PlanDraft
from leaddesk.words.settings import CADENCE_PLANS
from leaddesk.words.states import Outcome
from tests.frozen_clock import FrozenClock
from tests.house import House


def short(house: House) -> PlanDraft:
    """The usual plan, with its call an hour later."""
    made = draft_of(house.desk.cadences.get("Standard"))
    return replace(made, steps=(Step(After(90, "m"), Way.CALL), *made.steps[1:]))


def entered(house: House, name: str = "Ngozi Eze") -> int:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return house.desk.leads.add(name=name, email=email, phone=f"+49151123456{len(name):02d}").lead


def folder(house: House) -> Path:
    return house.desk.profile / "cadences"


def test_a_plan_is_saved_as_a_private_file_and_read_by_the_next_enquiry(house: House) -> None:
    house.desk.plans.save(short(house), "Standard")
    (file,) = folder(house).glob("*.toml")
    assert file.name == "standard.toml"
    if os.name == "posix":
        assert (file.stat().st_mode & 0o777, folder(house).stat().st_mode & 0o777) == (0o600, 0o700)
    course = house.desk.leads.get(entered(house)).course
    assert course is not None
    assert str(course.plan.steps[0].after) == "90m"
    (view,) = [each for each in house.desk.plans.show().plans if each.plan.name == "Standard"]
    assert (view.is_own, view.is_shipped, view.leads, view.starts_for) == (True, True, 1, "every enquiry")


def test_who_is_on_a_plan_stays_as_he_is_unless_taken_along(house: House, clock: FrozenClock) -> None:
    lead, draft = entered(house), short(house)
    clock.advance(minutes=20)
    (change,) = house.desk.plans.changes(draft, "Standard")
    assert (change.lead, change.name) == (lead, "Ngozi Eze")
    house.desk.plans.save(draft, "Standard")
    assert house.desk.plans.changes(draft, "Standard") == (change,)
    house.desk.plans.save(draft, "Standard", take_along=True)
    assert house.desk.plans.changes(draft, "Standard") == ()
    course = house.desk.leads.get(lead).course
    assert course is not None
    assert course.at == (change.after.at if change.after else None)
    house.desk.decide.undo(lead)
    back = house.desk.leads.get(lead).course
    assert back is not None
    assert back.at == (change.before.at if change.before else None)


def test_leads_far_apart_and_joined_ones_are_compared_too(house: House) -> None:
    first, second = entered(house), entered(house, "Bo Larsen")
    others = [house.desk.leads.add(name=f"P {n}", email=f"p{n}@example.org").lead for n in range(24)]
    for lead in others:
        house.desk.decide.close(lead, Outcome.LOST, "price")
    house.desk.same.merge(second, into=first)
    last = entered(house, "Noor de Vries")
    found = house.desk.plans.changes(short(house), "Standard")
    assert [change.lead for change in found] == [first, last]
    house.desk.plans.save(short(house), "Standard", take_along=True)
    assert house.desk.plans.changes(short(house), "Standard") == ()


def test_a_plan_without_an_end_is_refused_and_nothing_is_written(house: House) -> None:
    with pytest.raises(Refused, match="needs an end"):
        house.desk.plans.save(replace(short(house), end=None), "Standard")
    assert not folder(house).exists()


def test_a_new_name_takes_the_file_and_the_settings_along(house: House) -> None:
    house.desk.plans.save(replace(new_draft("Kitchens"), end=End.DECIDE))
    house.desk.config.set(CADENCE_PLANS, "Standard; Google Ads = Kitchens")
    lead = entered(house)
    made = draft_of(house.desk.cadences.get("Kitchens"))
    house.desk.plans.save(replace(made, name="Kitchens & baths"), "Kitchens")
    assert [file.name for file in folder(house).glob("*.toml")] == ["kitchens.toml"]
    choice = read_choice(house.desk.config.get(CADENCE_PLANS))
    assert choice.by_source == (("Google Ads", "Kitchens & baths"),)
    assert house.desk.plans.changes(made, "Kitchens") == ()
    assert lead


def test_two_plans_never_share_a_name_or_a_file(house: House) -> None:
    made = replace(new_draft("Gentle"), end=End.DECIDE)
    with pytest.raises(Refused, match="already"):
        house.desk.plans.save(made)
    house.desk.plans.save(replace(made, name="Lofts!"))
    house.desk.plans.save(replace(made, name="Lofts?"))
    assert sorted(file.name for file in folder(house).glob("*.toml")) == ["lofts-2.toml", "lofts.toml"]


def test_what_is_removed_gives_way_to_the_shipped_one(house: House) -> None:
    with pytest.raises(Refused, match="comes with LeadDesk"):
        house.desk.plans.remove("Standard")
    house.desk.plans.save(short(house), "Standard")
    house.desk.plans.remove("standard")
    assert str(house.desk.cadences.get("Standard").steps[0].after) == "30m"
    assert not any(file.is_file() for file in folder(house).rglob("*"))


def test_a_plan_that_enquiries_follow_is_not_removed(house: House) -> None:
    house.desk.plans.save(replace(new_draft("Lofts"), end=End.DECIDE))
    house.desk.config.set(CADENCE_PLANS, "Lofts")
    with pytest.raises(Refused, match="follow the plan 'Lofts'"):
        house.desk.plans.remove("Lofts")
    house.desk.config.set(CADENCE_PLANS, "Standard")
    house.desk.plans.remove("Lofts")
    assert "Lofts" not in [plan.name for plan in house.desk.cadences.list()]


def test_a_file_that_was_spoiled_is_told_while_what_it_held_still_stands(house: House) -> None:
    house.desk.plans.save(short(house), "Standard")
    (file,) = folder(house).glob("*.toml")
    file.write_text(file.read_text().replace('end = "decide"\n', ""))
    shown = house.desk.plans.show()
    (faulty,) = shown.faulty
    assert (faulty.file, faulty.stands) == ("standard.toml", "Standard")
    assert faulty.faults[0].startswith("line 1: A plan needs an end")
    assert str(house.desk.cadences.get("Standard").steps[0].after) == "90m"
    (folder(house) / "other.toml").write_text("name = ")
    assert [each.stands for each in house.desk.plans.show().faulty] == ["", "Standard"]


def test_a_full_disk_leaves_the_plan_as_it_was(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.desk.plans.save(short(house), "Standard")
    before = {file.name: file.read_bytes() for file in folder(house).iterdir() if file.is_file()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble, match="No space left"):
        house.desk.plans.save(replace(short(house), cap_per_week=2), "Standard")
    assert {file.name: file.read_bytes() for file in folder(house).iterdir() if file.is_file()} == before


def test_a_look_has_the_days_and_why_a_step_moved(house: House) -> None:
    look = house.desk.plans.look(short(house), "Friday 16:40")
    zone = house.desk.clock.zone()
    assert look.at.astimezone(zone).strftime("%a %H:%M") == "Fri 16:40"
    assert [step.landing.way.value for step in look.steps] == ["call", "email", "text", "email", "decide"]
    assert look.steps[0].why == "You close at 17:30 on Friday, and Saturday and Sunday are closed."
    assert look.days[0].day == look.at.astimezone(zone).date()
    assert [bool(day.opens) for day in look.days[:3]] == [True, False, False]
    endless = house.desk.plans.look(replace(short(house), end=None))
    assert [step.landing.way for step in endless.steps] == [step.way for step in short(house).steps]
    with pytest.raises(Usage, match="no time"):
        house.desk.plans.look(short(house), "when pigs fly")
