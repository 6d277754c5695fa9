"""The website's own confirmations in Sent: one letter to several people, which answers none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leaddesk.rules.sent import Words, are_alike, same_subject

_COMPARED = 5
"""So many before it each letter is compared with: what a machine writes again it has just written."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail of Sent that answers none, by its headers. `uid` names it in its folder."""

    uid: int
    to: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The same with its own words, without quote and signature."""

    envelope: Envelope
    words: str


def may_be_form_letters(envelopes: Iterable[Envelope], names: Mapping[str, str]) -> list[Envelope]:
    """Those whose subject went to somebody else too, names and numbers apart: only their words can tell."""
    groups: dict[str, list[Envelope]] = defaultdict(list)
    for each in envelopes:
        groups[same_subject(each.subject, _left_out(each.to, names))].append(each)
    several = (group for group in groups.values() if len({each.to for each in group}) > 1)
    return sorted((each for group in several for each in group), key=lambda each: each.uid)


def form_letters(letters: Iterable[Letter], names: Mapping[str, str]) -> set[int]:
    """UIDs of those that differ in nothing but names and numbers from one to somebody else."""
    found: set[int] = set()
    groups: dict[str, list[Letter]] = defaultdict(list)
    for each in letters:
        group = groups[same_subject(each.envelope.subject, _left_out(each.envelope.to, names))]
        alike = [other for other in group[-_COMPARED:] if _is_alike(each, other, names)]
        found.update(other.envelope.uid for other in alike)
        if alike:
            found.add(each.envelope.uid)
        group.append(each)
    return found


def _is_alike(one: Letter, other: Letter, names: Mapping[str, str]) -> bool:
    to, its = one.envelope.to, other.envelope.to
    if not set(to).isdisjoint(its):
        return False
    left_out = list(_left_out((*to, *its), names))
    ones, others = Words(one.envelope.subject, one.words), Words(other.envelope.subject, other.words)
    return are_alike(ones, others, left_out)


def _left_out(to: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    """What a form letter may fill in: the recipients' names, and what stands before their @."""
    for address in to:
        yield address.partition("@")[0]
        yield names.get(address, "")
