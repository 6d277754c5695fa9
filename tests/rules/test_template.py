"""Templates: fields become values in one pass, and whatever else stands in a text means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.template import fill, unresolved

FIELDS = {"first_name": "Ngozi", "name": "Ngozi Adeyemi", "my_name": "Ann", "subject": "Loft"}


def test_fields_are_filled_in() -> None:
    text = "Hi {{first_name}},\n\nabout {{ subject }}: gladly.\n\n{{my_name}}"
    assert fill(text, FIELDS) == "Hi Ngozi,\n\nabout Loft: gladly.\n\nAnn"


@pytest.mark.parametrize(
    "sly",
    [
        "{{7*7}}",
        "{0.__class__}",
        "{l.__init__.__globals__[os]}",
        "%s %(name)s",
        "$x ${name}",
        "{{name.__class__}}",
        "{{Name}}",
        "{% if name %}",
        "{{{{}}}}",
        "{{_}}",
    ],
)
def test_what_is_no_field_passes_through(sly: str) -> None:
    assert fill(f"a {sly} b", FIELDS) == f"a {sly} b"


@pytest.mark.parametrize("sly", ["{{my_name}}", "{{7*7}}", "{0}", "%s", "$x", "\\1", "\\g<1>", "}}{{"])
def test_a_captured_value_is_never_looked_into(sly: str) -> None:
    assert fill("Hi {{first_name}}, {{my_name}}", {**FIELDS, "first_name": sly}) == f"Hi {sly}, Ann"


def test_values_side_by_side_make_no_new_field() -> None:
    values = {"first_name": "{{my", "name": "_name}}", "my_name": "Ann"}
    assert fill("{{first_name}}{{name}}", values) == "{{my_name}}"


def test_nobody_is_greeted_with_a_gap() -> None:
    assert fill("Hi {{first_name}},\nthanks", {"first_name": ""}) == "Hi,\nthanks"
    assert fill("Guten Tag {{first_name}}!\n", {"first_name": ""}) == "Guten Tag!\n"


def test_a_line_of_an_empty_field_goes_with_it() -> None:
    assert fill("Best wishes\n{{my_name}}\n{{phone}}", {"my_name": "", "phone": "1"}) == "Best wishes\n1"


def test_lines_that_were_empty_stay() -> None:
    assert fill("a\n\n--\n\nb", FIELDS) == "a\n\n--\n\nb"


def test_an_unknown_field_stays_and_is_told() -> None:
    filled = fill("From {{price}} on, {{my_name}}", FIELDS)
    assert filled == "From {{price}} on, Ann"
    assert unresolved(filled) == ("{{price}}",)


def test_open_fields_are_told_once_each_and_not_of_quoted_lines() -> None:
    assert unresolved("{{a}} {{b c}} {{a}}\n> {{theirs}}\n{{ d }}") == ("{{a}}", "{{b c}}", "{{ d }}")
    assert unresolved("no field {here} }} {{") == ()


@given(st.text(), st.text())
def test_text_without_fields_is_never_changed(text: str, value: str) -> None:
    plain = text.replace("{{", "{")
    assert fill(plain, {"name": value}) == plain


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\n" not in text))
def test_any_value_arrives_as_it_is(value: str) -> None:
    assert fill("<{{name}}>", {"name": value}) == f"<{value}>"
