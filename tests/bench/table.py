"""The benches' table: what was measured, its floor in the same run, and what it must be."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One row: the figure, the floor it is compared with, and whether the promise is kept."""

    what: str
    measured: str
    floor: str
    ratio: str
    must_be: str
    ok: bool


def compared(what: str, ours: Sequence[float], floor: Sequence[float], most: float, unit: str = "ms") -> Line:
    """Medians of interleaved runs, and their ratio."""
    mine, least = statistics.median(ours), statistics.median(floor)
    ratio = mine / least
    return Line(
        what,
        f"{mine:,.0f} {unit} ({min(ours):,.0f} to {max(ours):,.0f})",
        f"{least:,.0f} {unit}",
        f"{ratio:.2f}",
        f"at most {most:g} x",
        ratio <= most,
    )


def below(what: str, figure: float, most: float, unit: str) -> Line:
    """A figure that has no floor of its own."""
    return Line(what, f"{figure:,.2f} {unit}", "-", "-", f"under {most:g} {unit}", figure < most)


def share(what: str, rights: Sequence[bool], least: float) -> Line:
    """How many of all are right; `least` is a part of 1."""
    part = sum(rights) / len(rights)
    told = f"{sum(rights)} of {len(rights)}"
    return Line(what, told, "-", f"{part:.1%}", f"at least {least:.0%}", part >= least)


def printed(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    rows = [("what", "measured", "floor", "ratio", "must be", "kept")]
    rows += [(n.what, n.measured, n.floor, n.ratio, n.must_be, "yes" if n.ok else "NO") for n in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    text = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    text.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(text)


def interleaved(
    runs: int, ours: Callable[[], float], floor: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """A B A B …, after one of each that does not count."""
    ours(), floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return [a for a, _ in pairs], [b for _, b in pairs]
