"""The page of settings as the window joins it: its groups, each of a subject, and where its doors lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .forms.forms_part import FormsPart
from .settings.holding_part import HoldingPart
from .settings.lessons import Lessons
from .settings.page import SettingsPage
from .settings.templates import TemplatesPart

if TYPE_CHECKING:
    from .needs import Desk
    from .window import Window


def settings_page(window: Window, desk: Desk) -> SettingsPage:
    """The page with all its groups, joined to the parts of the window."""
    closed = lambda: desk.plans.next_closed()  # noqa: E731, PLW0108 - made late
    page = SettingsPage(desk.config, desk.accounts, desk.health, window.tasks, window.theme, closed)
    _add_lessons(page, window, desk)
    _add_forms(page, window, desk)
    _add_holding(page, window, desk)
    _add_templates(page, window, desk)
    page.add_door("Plans", window.show_plans, "cadence steps follow-up manners preview")
    page.account_requested.connect(window.show_set_up)
    page.sign_in_requested.connect(window.asks.password)
    page.folder_requested.connect(window.folders.of_kept)
    page.audit_requested.connect(window.first_day.open)
    page.theme_chosen.connect(window.theme.choose)
    page.autostart_chosen.connect(window.errands.start_at_login)
    page.said.connect(window.toast.say)
    return page


def _add_lessons(page: SettingsPage, window: Window, desk: Desk) -> None:
    lessons = Lessons(lambda: desk.teach, desk.clock, window.tasks, window.fail)
    lessons.said.connect(window.toast.say)
    lessons.changed.connect(window.refresh)
    page.add_group("What you taught", lessons, lessons.read)


def _add_forms(page: SettingsPage, window: Window, desk: Desk) -> None:
    forms = FormsPart(lambda: desk.forms, desk.accounts, window.tasks, window.fail)
    forms.said.connect(window.toast.say)
    forms.teach_requested.connect(window.forming.teach)
    window.forming.changed.connect(forms.read_if_seen)
    page.add_group("Forms", forms, forms.read)


def _add_holding(page: SettingsPage, window: Window, desk: Desk) -> None:
    holding = HoldingPart(lambda: desk.holding, desk.config, desk.clock, window.tasks, window.fail)
    holding.said.connect(window.toast.say)
    page.add_group("Holding message", holding, holding.read)


def _add_templates(page: SettingsPage, window: Window, desk: Desk) -> None:
    templates = TemplatesPart(lambda: desk.templates, window.tasks, window.fail)
    templates.said.connect(window.toast.say)
    page.add_group("Templates", templates, templates.read)
