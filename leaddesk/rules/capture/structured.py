"""Leads that come as data: JSON and form-encoded posts, and XML by xml_data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from leaddesk.rules.capture.clean import plain
from leaddesk.rules.capture.html_text import bare, html_to_text
from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold
from leaddesk.rules.capture.xml_data import DATA_LIMIT, read_xml

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DEPTH = 12
_ITEMS = 400

_MARKUP = re.compile(r"</(?:p|div|ul|ol|span|b|strong)>|<br\s?/?>", re.IGNORECASE)
_KEYS = ("label", "title", "question", "column_name", "name", "field", "key", "column_id", "id")
_INNER = ("data", "fields", "answers", "responses", "submission")
"""Beside one of these a "name" is the form's, not a person's."""
_VALUES = ("value", "values", "answer", "string_value", "text", "response", "content")


def is_data(text: str) -> bool:
    """True for a file that is no mail but data as a form service or portal posts it."""
    start = text.lstrip("\ufeff \r\n\t")[:400]
    if start.startswith(("{", "[", "<?xml", "<?XML", "<?adf", "<?ADF", "<adf", "<ADF")) or start.startswith(
        "<"
    ):
        return True
    first = start.split("\n", 1)[0]
    return "=" in first and not re.match(r"[!-9;-~]{1,80}:", first) and " " not in first.strip()


def read_data(text: str, vocabulary: Vocabulary) -> Sheet:
    """The pairs in JSON, XML or form-encoded data; empty where it is none of them."""
    text = text[:DATA_LIMIT].lstrip("\ufeff \r\n\t")
    if text.startswith("<"):
        return read_xml(text, vocabulary)
    if text[:1] in "{[":
        return _read_json(text, vocabulary)
    return _sheet(_form_items(text), vocabulary)


def _read_json(text: str, vocabulary: Vocabulary) -> Sheet:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Sheet((), "")
    titles: dict[str, str] = {}
    _gather_titles(data, titles, 0)
    return _sheet(list(_json_items(data, titles, "", 0)), vocabulary)


def _gather_titles(data: object, titles: dict[str, str], depth: int) -> None:
    """What the questions are called, by their id, where answers only name the id."""
    if depth > _DEPTH or len(titles) > _ITEMS:
        return
    if isinstance(data, dict):
        told = {str(name).lower(): value for name, value in data.items()}
        title = told.get("title") or told.get("label")
        if isinstance(told.get("id"), str) and isinstance(title, str):
            titles[told["id"]] = title
        for value in data.values():
            _gather_titles(value, titles, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _gather_titles(value, titles, depth + 1)


def _json_items(data: object, titles: dict[str, str], key: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        plain = [str(value) for value in data if isinstance(value, str | int | float)]
        if plain and len(plain) == len(data):
            yield key, ", ".join(plain)
            return
        for value in data:
            yield from _json_items(value, titles, key, depth + 1)
    elif isinstance(data, dict):
        if isinstance(data.get("title"), str) and isinstance(data.get("fields"), list):
            yield "form name", data["title"]
            return
        if fold(key) in _HOSTS:
            return
        if fold(key) in _FORMS and {name.lower() for name in data} <= _OF_FORMS:
            yield from (("form name", str(data[name])) for name in data if name.lower() in ("name", "title"))
            return
        if _names_form(data):
            yield "form name", str(data["name"])
            data = {name: value for name, value in data.items() if name != "name"}
        if key and list(data) in (["value"], ["value", "versions"], ["full"]):
            yield from _json_items(data[next(iter(data))], titles, key, depth + 1)
            return
        if key and isinstance(data.get("value"), str) and not any(data.get(name) for name in _KEYS):
            yield key, data["value"]
            return
        answered = _answer(data, titles)
        if answered:
            yield answered
            return
        for name, value in data.items():
            yield from _json_items(value, titles, str(name), depth + 1)
    elif isinstance(data, str | int | float) and not isinstance(data, bool):
        yield from _embedded(key, _unmarked(str(data)), titles, depth)


def _unmarked(text: str) -> str:
    """The text of a value that is HTML."""
    return plain(bare(html_to_text(text))) if _MARKUP.search(text[:2000]) else text


_FORMS = frozenset({"form", "webform", "survey", "formulaire", "formular", "formulario", "modulo"})
_HOSTS = frozenset({
    "organizer", "organiser", "host", "owner", "assignee", "agent", "seller", "merchant", "site",
    "website", "workspace", "account", "store", "shop"})  # fmt: skip
"""Our own side of what is posted."""
_OF_FORMS = frozenset({"id", "name", "title", "url", "slug", "type", "uuid", "version", "internalname"})
"""What is told of a form itself, never of a person."""


def _names_form(data: dict[str, object]) -> bool:
    """Is "name" the form's? It stands beside the answers, is none of them, nothing else names the form."""
    name = data.get("name")
    if not isinstance(name, str) or any("form" in key for key in data):
        return False
    inner = next((value for key in _INNER if isinstance(value := data.get(key), dict)), None)
    return bool(inner) and name not in (inner or {}).values()


def _embedded(key: str, text: str, titles: dict[str, str], depth: int) -> Iterator[tuple[str, str]]:
    """A value, or the JSON that stands in it as text."""
    if text[:1] == "{" and text.rstrip()[-1:] == "}":
        try:
            yield from _json_items(json.loads(text), titles, key, depth + 1)
            return
        except (ValueError, RecursionError):
            pass
    yield key, text


def _answer(data: dict[str, object], titles: dict[str, str]) -> tuple[str, str] | None:
    """A question and its answer in one object, as most services post them."""
    field = data.get("field")
    if isinstance(field, dict) and isinstance(field.get("id"), str):
        asked = titles.get(field["id"]) or str(field.get("ref", ""))
        kind = data.get("type")
        value = data.get(kind) if isinstance(kind, str) else None
        return (asked, _plain(value)) if asked else None
    label = next((str(data[key]) for key in _KEYS if data.get(key) and isinstance(data[key], str)), "")
    values = [key for key in _VALUES if key in data]
    if not label or not values or len(data) > 8:
        return None
    if values[0] in ("text", "content", "response") and len(data) > 4:
        return None
    value = data[values[0]]
    if isinstance(value, dict) and len(value) > 3 and not value.keys() & {"label", "labels"}:
        return None  # all the answers together
    return label, _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return _plain(value.get("labels") or value.get("label") or list(value.values()))
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    return "" if value is None else str(value)


def _form_items(text: str) -> list[tuple[str, str]]:
    """The fields of a form-encoded post; `fields[email][value]` is called email."""
    titles: dict[str, str] = {}
    items: list[tuple[str, str]] = []
    for name, value in parse_qsl(text.strip(), keep_blank_values=True, max_num_fields=None)[:_ITEMS]:
        parts = [part for part in re.split(r"[\[\].]+", name) if part]
        if _describes(name, value):
            found: dict[str, str] = {}
            _gather_titles(_json(value), found, 0)
            titles |= found
            items += [("form name", title) for title in _form_names(_json(value), found)]
            continue
        if len(parts) > 2 and parts[-1] in ("title", "label"):
            titles[parts[-2]] = value
        elif len(parts) > 2 and parts[-1] in ("id", "type", "required", "raw_value"):
            continue
        else:
            key = parts[-2] if len(parts) > 1 and parts[-1] in ("value", "0") else (parts or [""])[-1]
            key = "form name" if parts in (["form", "name"], ["form", "title"]) else key
            items += list(_embedded(key, value, {}, 0))
    return [(titles.get(key) or key, value) for key, value in items]


def _describes(name: str, value: str) -> bool:
    """The value is the form's own description in JSON, not an answer."""
    return value[:1] == "{" and fold(_CAMEL.sub(" ", name)).endswith(("structure", "schema", "definition"))


def _form_names(data: object, titles: dict[str, str]) -> list[str]:
    """What a form's description calls the form, where it does not list the fields."""
    name = data.get("Name") or data.get("name") if isinstance(data, dict) and not titles else None
    return [name] if isinstance(name, str) else []


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _sheet(items: list[tuple[str, str]], vocabulary: Vocabulary) -> Sheet:
    pairs: list[Pair] = []
    for told, value in items[:_ITEMS]:
        label = re.sub(r"^(?:q\d+_|\d+-\d+/)", "", told)
        if value and not any(pair.label == label and pair.value == value for pair in pairs):
            pairs.append(Pair(label, value, _json_meaning(label, value, vocabulary)))
    return Sheet(tuple(pairs), "")


def _json_meaning(label: str, value: str, vocabulary: Vocabulary) -> str | None:
    words = fold(_CAMEL.sub(" ", label))
    if words in ("page uri", "page name", "page", "referrer url", "page url"):
        return "page" if "/" in value else "system"
    if words in ("from", "caller") and is_phone(value):
        return "phone"
    if words in ("first", "last") and len(value) <= 40 and not any(map(str.isdigit, value)):
        return f"{words}_name"
    meaning = meaning_of(words, value, vocabulary)
    if meaning is None and words.endswith("s"):  # "phones": the list that it stands in
        one = meaning_of(words[:-1], value, vocabulary)
        return one if one in ("email", "phone", "mobile") else None
    return meaning
