"""The countries that the numbers of a file belong to, by its addresses, its full numbers and its language."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence

from leaddesk.rules.capture import vocabulary
from leaddesk.rules.capture.phones import Regions, at_home
from leaddesk.rules.capture.phones import regions as regions_of_domains
from leaddesk.rules.capture.vocabulary import fold
from leaddesk.words.countries import NOWHERE, Country

_LOOKED_AT = 200
_MOST_TOLD = 3


def regions_of(
    titles: Sequence[str],
    emails: Iterable[str],
    phones: Iterable[str],
    countries: Iterable[str],
    own: Sequence[str],
    country: Country = NOWHERE,
) -> Regions:
    """Likely countries, the likeliest first. Ours and those of our own mail domains are asked last."""
    told: Counter[str] = Counter()
    told.update(code for code in map(_by_code, _some(countries)) if code)
    told.update(code for code in map(_by_number, _some(phones)) if code)
    told.update(code for email in _some(emails) for code in _by_domain(email.rpartition("@")[2]))
    ours = [code for domain in own for code in _by_domain(domain)]
    likeliest = [code for code, _ in told.most_common(_MOST_TOLD)]
    spoken = vocabulary.shipped().regions.get(language_of_titles(titles), ())
    firm = [country.told] if country.told else []
    return at_home(
        Regions(tuple(dict.fromkeys((*likeliest, *firm, *ours))), spoken), Country(likely=country.likely)
    )


def language_of_titles(titles: Sequence[str]) -> str:
    """The language in which most of the titles are labels; English when none is."""
    votes: Counter[str] = Counter()
    for title in titles:
        votes.update(_languages().get(fold(title[:120]), ()))
    best = max(votes, key=lambda code: votes[code], default="en")
    return best if votes[best] > votes["en"] else "en"


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Every label with the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(vocabulary.folder().glob("??.toml")):
        labels = tomllib.loads(file.read_text("utf-8"))["labels"]
        for word in {fold(word) for words in labels.values() for word in words}:
            found[word] = (*found.get(word, ()), file.stem)
    return found


def _some(values: Iterable[str]) -> list[str]:
    return [value for value in values if value][:_LOOKED_AT]


def _by_code(country: str) -> str:
    code = country.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _by_domain(domain: str) -> tuple[str, ...]:
    return regions_of_domains([domain], 0, "en", vocabulary.shipped()).told


def _by_number(phone: str) -> str:
    """The country of a number in full; of the many that share +1, the United States."""
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    if not phone.lstrip("( ").startswith("+"):
        return ""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.region_code_for_country_code(number.country_code or 0)).replace("ZZ", "")
