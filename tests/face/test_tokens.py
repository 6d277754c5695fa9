"""Every pair of colours that is used together can be read: at least 4.5 to 1."""

from __future__ import annotations

import pytest

from leaddesk.words.states import Rung
from leaddesk_ui.tokens import CONTRAST, DARK, LIGHT, Tokens

PAIRS = [
    *((ink, ground) for ink in ("text", "dim") for ground in ("canvas", "rail", "card", "hover", "selected")),
    *((rung.value, f"{rung.value}_bg") for rung in Rung),
    *((rung.value, "card") for rung in Rung),
    ("on_accent", "accent"),
    ("accent", "card"),
    ("accent", "rail"),
    ("good", "card"),
    ("good", "canvas"),
    ("danger", "card"),
    ("danger", "selected"),
    ("text", "line"),
    ("canvas", "text"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=lambda one: one.name)
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_a_pair_can_be_read(tokens: Tokens, pair: tuple[str, str]) -> None:
    if pair == ("text", "line") and tokens.outlined:
        return  # high contrast marks found words on a ground of its own
    colours = tokens.colours()
    least = 7.0 if tokens.outlined and pair[0] in ("text", "dim") else 4.5
    assert contrast(colours[pair[0]], colours[pair[1]]) >= least


def test_an_unknown_rung_has_no_colour() -> None:
    for rung in Rung:
        ink, ground = LIGHT.rung(rung)
        assert ink.startswith("#")
        assert ground.startswith("#")
