"""Templates for the face's tests, and what stands beside a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from leaddesk.words.errors import Refused
from leaddesk.words.snippets import Snippet
from leaddesk.words.writing import Aids, SendTime, TemplateView

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

AIDS = Aids(
    chosen="First reply: pricing page, chosen by where they wrote",
    is_first=True,
    first_name="Ngozi",
    asked="Hello, can you quote for a loft conversion with a dormer?",
    plain="Hi Ngozi,\n\nthank you, your message about “a loft” is here.\n\nAnn",
    snippets=(
        Snippet("visit", "May I come by and have a look? Which day would suit you?"),
        Snippet("photos", "Could you send me two or three photos?"),
        Snippet("price", "A dormer has cost our customers {{price}}."),
    ),
    later=(
        SendTime("in 1 hour, 10:43", datetime(2026, 6, 8, 10, 43, tzinfo=UTC)),
        SendTime("tomorrow, 9:00", datetime(2026, 6, 9, 9, tzinfo=UTC)),
    ),
)


class FakeTemplates:
    """Two texts; what is written is kept."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.views = {
            "first-reply": TemplateView(
                name="first-reply",
                title="Every first reply",
                what_for="What a first reply starts from.",
                text="Hi {{first_name}},\n\n{{opening}}\n\n\n\nBest wishes\n{{my_name}}",
                is_own=False,
            ),
            "second-note": TemplateView(
                name="second-note",
                title="Second note",
                what_for="Follows a first answer that they did not answer.",
                text="Did my answer reach you, {{first_name}}?",
                is_own=True,
            ),
        }

    def list(self) -> tuple[TemplateView, ...]:
        return tuple(self.views.values())

    def change(self, name: str, text: str) -> TemplateView:
        self.desk.did("change_template", name, text)
        if "forbidden" in text:
            raise Refused("This was not kept.")
        self.views[name] = replace(self.views[name], text=text or "ours", is_own=bool(text))
        return self.views[name]

    def preview(self, name: str, text: str) -> str:
        return text.replace("{{first_name}}", "Ngozi").replace("{{my_name}}", "Ann")
