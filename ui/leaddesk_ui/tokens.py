"""The colours of the look: light, dark and high contrast, by what they are for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from leaddesk.words.states import Rung

Ink = Literal[
    "text",
    "dim",
    "accent",
    "on_accent",
    "on_text",
    "good",
    "danger",
    "now",
    "warm",
    "cooling",
    "cool",
    "cold",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme. Every pair that is used together is at least 4.5 : 1 (a test measures it)."""

    name: str
    dark: bool
    outlined: bool = False
    """High contrast: surfaces are told apart by lines, not by lightness."""
    canvas: str
    rail: str
    card: str
    hover: str
    selected: str
    line: str
    text: str
    dim: str
    accent: str
    on_accent: str
    good: str
    danger: str
    now: str
    now_bg: str
    warm: str
    warm_bg: str
    cooling: str
    cooling_bg: str
    cool: str
    cool_bg: str
    cold: str
    cold_bg: str

    def rung(self, rung: Rung) -> tuple[str, str]:
        """Ink and ground of one rung of warmth."""
        return str(getattr(self, rung.value)), str(getattr(self, f"{rung.value}_bg"))

    def colours(self) -> dict[str, str]:
        """Every colour by its name, for the stylesheet."""
        return {
            f.name: str(getattr(self, f.name)) for f in fields(self) if f.type == "str" and f.name != "name"
        }


LIGHT = Tokens(
    name="light",
    dark=False,
    canvas="#F4F2EE",
    rail="#ECE9E3",
    card="#FFFFFF",
    hover="#F8F6F2",
    selected="#EAF1F0",
    line="#DEDAD2",
    text="#1F2328",
    dim="#5E6168",
    accent="#0F6B63",
    on_accent="#FFFFFF",
    good="#2C6E3A",
    danger="#B3261E",
    now="#B93815",
    now_bg="#FBE3DA",
    warm="#94580A",
    warm_bg="#FAEBCF",
    cooling="#6F6410",
    cooling_bg="#F2EECC",
    cool="#3F6381",
    cool_bg="#E1EBF3",
    cold="#5F6673",
    cold_bg="#E9EAED",
)
DARK = Tokens(
    name="dark",
    dark=True,
    canvas="#17191C",
    rail="#121416",
    card="#1F2226",
    hover="#262A2F",
    selected="#20312F",
    line="#32363C",
    text="#E8E6E1",
    dim="#A0A4AB",
    accent="#5CC2B6",
    on_accent="#0B2421",
    good="#7FCB8E",
    danger="#FF8A80",
    now="#FF9B7A",
    now_bg="#45251B",
    warm="#F2BC62",
    warm_bg="#402F14",
    cooling="#D9CD73",
    cooling_bg="#38340F",
    cool="#90BEE0",
    cool_bg="#1F3242",
    cold="#A7AEBA",
    cold_bg="#2B2F35",
)
CONTRAST = Tokens(
    name="contrast",
    dark=True,
    outlined=True,
    canvas="#000000",
    rail="#000000",
    card="#000000",
    hover="#000000",
    selected="#0B2B3A",
    line="#FFFFFF",
    text="#FFFFFF",
    dim="#E6E6E6",
    accent="#FFE14D",
    on_accent="#000000",
    good="#8CFF9E",
    danger="#FF9D94",
    now="#FFB49B",
    now_bg="#2A0A00",
    warm="#FFD27A",
    warm_bg="#241600",
    cooling="#F4EB8C",
    cooling_bg="#1E1B00",
    cool="#A8D8FF",
    cool_bg="#001726",
    cold="#E2E6EE",
    cold_bg="#16181C",
)
