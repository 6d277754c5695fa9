"""A mere thanks is told from an answer, in eight languages; in doubt it is an answer."""

from __future__ import annotations

import pytest

from leaddesk.rules.thanks import is_mere_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you very much for your quick reply, Ann.\n\nBest wishes\nNgozi Adeyemi",
        "Hi Ann,\n\nmany thanks for the quote.\n\nKind regards\nJo",
        "Vielen Dank für die schnelle Antwort!\n\nMit freundlichen Grüßen\nSabine Brückner",
        "Danke schon mal im Voraus, LG",
        "Merci beaucoup pour votre réponse.\nCordialement,\nClaire Fontaine",
        "Muchas gracias por su respuesta. Un cordial saludo",
        "Grazie mille per la risposta.\nCordiali saluti\nMarco",
        "Hartelijk dank voor het snelle antwoord!\nMet vriendelijke groet\nDaan de Vries",
        "Dziękuję bardzo za odpowiedź. Pozdrawiam",
        "ご連絡ありがとうございます。よろしくお願いいたします。",
        "Thanks\n-- \nSabine\n+49 151 1234567",
        "Thank you\n> Could you come on Thursday?",
    ],
)
def test_nothing_but_thanks_is_a_mere_thanks(text: str) -> None:
    assert is_mere_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See you.",
        "Thanks, yes please.",
        "Thanks. Yes",
        "Thanks, Tuesday works.",
        "Thanks, Tuesday",
        "Thanks! What would it cost?",
        "Thank you, my number is 07700 900123.",
        "Danke, Termin passt.",
        "Danke, Montag",
        "Danke, einverstanden.",
        "Merci, d'accord.",
        "Gracias, mejor el lunes.",
        "Grazie, va bene.",
        "Bedankt, akkoord.",
        "Dziękuję, zgoda.",
        "ありがとうございます。火曜日でお願いします。",
        "Thanks but we went with another firm.",
        "STOP thanks",
    ],
)
def test_whatever_says_more_is_an_answer(text: str) -> None:
    assert not is_mere_thanks(text)
