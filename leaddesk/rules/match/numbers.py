"""One number in all the ways in which it may have been kept: with its country, or as dialled at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from leaddesk.rules.capture.phones import Regions, e164


def home_of(keys: Iterable[str]) -> str | None:
    """The country of most of these numbers: a number without one is most likely dialled there.

    >>> home_of(["+447700900123", "+4915123456789", "+442079460000", "0151"])
    'GB'
    """
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    codes: Counter[int] = Counter()
    for key in keys:
        if key.startswith("+"):
            with suppress(phonenumbers.NumberParseException):
                codes[phonenumbers.parse(key, None).country_code or 0] += 1
    likeliest = (phonenumbers.region_code_for_country_code(code) for code, _ in codes.most_common(1))
    return next((home for home in likeliest if home.isalpha()), None)


def at_home(key: str, home: str | None) -> str:
    """A number without its country as one of `home`; as it is, where that makes none.

    >>> at_home("07700900123", "GB"), at_home("07700900123", None)
    ('+447700900123', '07700900123')
    """
    if key.startswith("+") or (home is None and not key.startswith("00")):
        return key
    return e164(key, Regions((home,) if home else ())) or key


def spellings(key: str) -> tuple[str, ...]:
    """Keys (`phone_key`) that mean the same number, the given one first.

    A number without its country is taken for itself only: who knows which country was meant?

    >>> spellings("+447700900123"), spellings("07700900123")
    (('+447700900123', '07700900123', '7700900123', '00447700900123', '447700900123'), ('07700900123',))
    """
    if not key.startswith("+"):
        return (key,)
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    digits = key[1:]
    try:
        home = phonenumbers.national_significant_number(phonenumbers.parse(key, None))
    except phonenumbers.NumberParseException:
        return (key, f"00{digits}", digits)
    return tuple(dict.fromkeys((key, f"0{home}", home, f"00{digits}", digits)))


def same_number(one: str, other: str) -> bool:
    """Two keys mean one telephone."""
    return one in spellings(other) or other in spellings(one)
