"""The countries whose telephone numbers can be read, by their two letters, and how one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

AUTO = "auto"
"""The country is that of the machine's locale."""
_CODES = """
AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER
ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE
IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV
LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK
SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA
VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166, and the few that have numbers of their own besides."""


@dataclass(frozen=True, slots=True)
class Country:
    """Where the firm is: `told` by somebody, or `likely` by the machine; two letters or empty."""

    told: str = ""
    likely: str = ""


NOWHERE = Country()


def read_country(text: str) -> str:
    """Two letters of `COUNTRIES`, or `AUTO`. Raises ValueError with a sentence.

    >>> read_country("gb"), read_country(" Auto ")
    ('GB', 'auto')
    """
    word = text.strip().upper()
    if word in ("", AUTO.upper()):
        return AUTO
    if word == "UK":
        return "GB"
    if word not in COUNTRIES:
        raise ValueError("a country's two letters are needed (GB, DE, US), or auto")
    return word
