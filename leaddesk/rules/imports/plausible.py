"""How much a text that was decoded looks like people's writing: which of several readings makes sense.

A short list of names gives a statistical guess little to go by. What never happens in writing tells more:
signs inside words, capitals behind small letters, two scripts in one word, letters of no one language.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter

_TOKENS = 400
_WITH_SIGNS = re.compile(r"[^\s;,|\"<>]*[^\x00-\x7f][^\s;,|\"<>]*")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_WORDS = frozenset("¿¡«»‹›„“”‘’‚'\"–—-(•·…/&")
_AFTER_WORDS = frozenset("»«›‹“”‘’'\"–—-)…²³®™©°º!?•·/&€£")
_INSIDE_WORDS = frozenset("’‘'-–·ʼ.@/&")
_ALPHABETS = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüºª", "ãõáâàçéêíóôúü", "àèéìíòóùú", "éëïóöüèá", "åäöé", "æøåéö",
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșțşţ", "çğıöşüâîû", "čćđšž",
    "ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž", "áðéíóúýþæö",
)  # fmt: skip
"""The letters beyond a to z of the languages of Europe, one after the other."""
_RAISED = "²³"
"""Behind a unit."""
_NO_CURRENCY = "¤"
_SIGNS = frozenset(["Sm", "Sc", "Sk", "So", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "No", "Cf"])
"""Unicode's categories of what is neither letter nor figure."""
_BOXES = ("─", "╿", "▀", "▟")
_MIXED, _SIGN, _CAPITAL, _CONTROL, _STRANGE = 3, 2, 2, 8, 1


def oddness(text: str) -> int:
    """Nought for a text without anything odd; the more, the less it can have been written so."""
    tokens = _WITH_SIGNS.findall(text)[:_TOKENS]
    return sum(map(_odd_token, tokens)) + _STRANGE * _strangers(tokens)


def _odd_token(token: str) -> int:
    odd = sum(_CONTROL for sign in token if sign == "\ufffd" or "\x80" <= sign <= "\x9f")
    odd += sum(map(_odd_word, _WORD.findall(token)))
    for place, sign in enumerate(token):
        if not sign.isascii() and not sign.isalnum() and not unicodedata.combining(sign):
            odd += _odd_sign(sign, token[place - 1 : place] if place else "", token[place + 1 : place + 2])
    return odd


def _odd_word(word: str) -> int:
    """Two scripts in one word, or a foreign capital behind a small letter."""
    scripts = {_script(letter) for letter in word.rstrip(_RAISED)}
    odd = _MIXED if len(scripts - {"KANA", "HAN"}) + bool(scripts & {"KANA", "HAN"}) > 1 else 0
    pairs = itertools.pairwise(word)
    return odd + sum(_CAPITAL for a, b in pairs if a.islower() and b.isupper() and not b.isascii())


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "").split(" ", 1)[0]
    return {"HIRAGANA": "KANA", "KATAKANA": "KANA", "KATAKANA-HIRAGANA": "KANA", "CJK": "HAN"}.get(name, name)


def _odd_sign(sign: str, before: str, after: str) -> int:
    """A sign beside letters where no one puts it."""
    if sign == _NO_CURRENCY:
        return _STRANGE
    if _BOXES[0] <= sign <= _BOXES[1] or _BOXES[2] <= sign <= _BOXES[3]:
        return _SIGN
    if unicodedata.category(sign) not in _SIGNS:
        return 0
    if ord(sign) >= 0x3000:
        return 0
    left, right = before.isalpha(), after.isalpha()
    if left and right:
        return 0 if sign in _INSIDE_WORDS else _SIGN
    if left:
        return 0 if sign in _AFTER_WORDS else _SIGN
    return 0 if not right or sign in _BEFORE_WORDS else _SIGN


def _strangers(tokens: list[str]) -> int:
    """Latin letters that are missing in the alphabet which holds most of them."""
    letters = Counter(letter for token in tokens for letter in token.lower() if _is_foreign(letter))
    if not letters:
        return 0
    return min(sum(n for letter, n in letters.items() if letter not in known) for known in _ALPHABETS)


def _is_foreign(letter: str) -> bool:
    return not letter.isascii() and letter.isalpha() and _script(letter) == "LATIN"
