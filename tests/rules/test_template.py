"""Templates: one pass over fixed fields, and everything else is text (FAULTS T13)."""

from __future__ import annotations

import pytest

from leaddesk.rules.template import fill, unresolved

FIELDS = {"first_name": "Ngozi", "name": "Ngozi Adeyemi", "my_name": "Ann", "subject": "Loft"}


@pytest.mark.parametrize("text", ["{{7*7}}", "{0.__class__}", "%s %(x)s", "$x ${x}", "{first_name}", "{{}}"])
def test_nothing_but_a_known_field_means_anything(text: str) -> None:
    assert fill(text, FIELDS) == text


def test_a_value_is_never_a_template() -> None:
    assert fill("{{first_name}} {{my_name}}", {**FIELDS, "first_name": "{{my_name}}"}) == "{{my_name}} Ann"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {{first_name}},\n\nbye", "Hi,\n\nbye"),
        ("Hi{{first_name}}!\nbye", "Hi!\nbye"),
        ("{{first_name}},\nbye", "bye"),
        ("Best wishes\n{{first_name}}\n\nPS", "Best wishes\n\nPS"),
        ("Dear {{ first_name }} and all,", "Dear and all,"),
    ],
)
def test_an_empty_field_leaves_no_gap(text: str, filled: str) -> None:
    assert fill(text, {**FIELDS, "first_name": ""}) == filled


def test_lines_of_the_template_itself_stay() -> None:
    assert fill("---\n\n,\n{{name}}", FIELDS) == "---\n\n,\nNgozi Adeyemi"


def test_open_fields_are_found_outside_quotes() -> None:
    assert unresolved("Hi {{x}}, {{ price }}\n> {{theirs}}\n{{x}}") == ("{{x}}", "{{ price }}")
    assert unresolved("braces { } and {{\n}}") == ()
