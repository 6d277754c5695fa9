"""The greys of the review: the longer the wait, the stronger the tone. Mixed from the theme's own colours."""

from __future__ import annotations

from leaddesk.words.states import Rung
from leaddesk_ui.tokens import Tokens

_SHARES = (0.08, 0.16, 0.26, 0.68, 0.84)
"""How much ink is mixed into the card, for each rung; between 0.3 and 0.65 no ink could be read on it."""


def tone(tokens: Tokens, rung: Rung) -> tuple[str, str]:
    """Ink and ground of a wait; every pair is at least 4.5 : 1 (a test measures it)."""
    share = _SHARES[list(Rung).index(rung)]
    return (tokens.text if share < 0.5 else tokens.card), mixed(tokens.card, tokens.text, share)


def mixed(ground: str, ink: str, share: float) -> str:
    """A colour between two.

    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(ground), _channels(ink), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
