"""Which plan an enquiry follows: by its source or channel, else the one for all; kept as text in a setting.

>>> choice = read_choice("Standard; Google Ads = Considered purchase; channel call = none")
>>> choice.name_for("Google Ads: spring", "form"), choice.name_for("Phone", "call")
('Considered purchase', '')
>>> choice.name_for("Website", "form")
'Standard'
"""

from __future__ import annotations

from dataclasses import dataclass

USUAL = "Standard"
NO_PLAN = "none"
_CHANNEL = "channel "
_EXAMPLE = "Write it as 'Standard; Google Ads = Considered purchase; channel call = none'."


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """Names of plans: for all, by the beginning of a source, and by channel; "" for none."""

    usual: str = USUAL
    by_source: tuple[tuple[str, str], ...] = ()
    by_channel: tuple[tuple[str, str], ...] = ()

    def name_for(self, source: str, channel: str) -> str:
        """The plan's name: a source says more than a channel, and a longer source more than a shorter."""
        known = source.casefold()
        fitting = [each for each in self.by_source if known.startswith(each[0].casefold())]
        if fitting:
            return max(fitting, key=lambda each: len(each[0]))[1]
        return next((name for way, name in self.by_channel if way == channel.casefold()), self.usual)

    def renamed(self, was: str, name: str) -> PlanChoice:
        """With another name wherever the one that it was stands."""

        def said(each: str) -> str:
            return name if each.casefold() == was.casefold() else each

        return PlanChoice(
            said(self.usual),
            tuple((key, said(plan)) for key, plan in self.by_source),
            tuple((key, said(plan)) for key, plan in self.by_channel),
        )

    def starts_for(self, name: str) -> str:
        """For what a plan starts by itself, in words; empty where it does for nothing.

        >>> PlanChoice("Standard", (("Google Ads", "Long"),), (("call", ""),)).starts_for("standard")
        'every enquiry but from Google Ads and calls'
        """
        pairs = list(self.by_source)
        pairs += [(f"{channel}s", plan) for channel, plan in self.by_channel]
        mine = [key for key, plan in pairs if plan.casefold() == name.casefold()]
        others = [key for key, plan in pairs if plan.casefold() != name.casefold()]
        if self.usual.casefold() != name.casefold():
            return _and(mine)
        return f"every enquiry but from {_and(others)}" if others else "every enquiry"


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def read_choice(text: str) -> PlanChoice:
    """What the text says. Raises ValueError with a sentence."""
    usual, sources, channels = USUAL, [], []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        key, is_pair, name = (each.strip() for each in part.rpartition("="))
        if not name or (is_pair and not key):
            raise ValueError(f"'{part}' names no plan. {_EXAMPLE}")
        plan = "" if name.casefold() == NO_PLAN else name
        if not is_pair:
            usual = plan
        elif key.casefold().startswith(_CHANNEL):
            channels.append((key[len(_CHANNEL) :].strip().casefold(), plan))
        else:
            sources.append((key, plan))
    return PlanChoice(usual, tuple(sources), tuple(channels))


def choice_words(choice: PlanChoice) -> str:
    """The choice as `read_choice` reads it."""
    pairs = [*choice.by_source, *((f"{_CHANNEL}{way}", name) for way, name in choice.by_channel)]
    return "; ".join([choice.usual or NO_PLAN, *(f"{key} = {name or NO_PLAN}" for key, name in pairs)])
