"""Who sells and who would buy ask alike: several signs together tell them apart."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

SOLD = {
    "en": "Could you tell me who looks after fuel cards? We save 400 firms 12 %. A quick call on Monday?",
    "de": "Wer bei Ihnen ist für Energie zuständig? Wir senken Stromkosten um 18 %. Darf ich Sie anrufen?",
    "fr": "Qui s'occupe de la téléphonie ? Plus de 300 artisans paient 25 % de moins. Puis-je vous appeler ?",
    "es": "¿Quién se encarga de la facturación? La usan ya 500 pymes. ¿Le iría bien una demo?",
    "it": "Con chi posso parlare della bolletta? Lavoriamo con 300 aziende. Posso inviarvi una proposta?",
    "nl": "Wie is bij jullie verantwoordelijk voor het wagenpark? Wij helpen 200 bedrijven. Even bellen?",
    "pl": "Kto w firmie decyduje o energii elektrycznej? Pracujemy dla 300 firm. Czy mogę zadzwonić?",
}  # fmt: skip
BOUGHT = {
    "whom and a call": "Who is responsible for shop fitting? We are opening in May. A quick call would help.",
    "a price asked": "How much is office cleaning twice a week? A short call, no obligation?",
    "Preis gefragt": "Wir suchen jemanden für Buchhaltung: was kostet das im Monat? Kostenloses Gespräch?",
    "a drawing sent": "Maken jullie ook balies? Mag ik vrijblijvend een tekening sturen?",
    "web": "Que coûte une boutique en ligne avec référencement ? Un premier échange est-il gratuit ?",
}  # fmt: skip


@pytest.mark.parametrize("language", SOLD)
def test_who_asks_whom_to_sell_to_and_tells_whom_he_sold_to_is_no_customer(language: str) -> None:
    raw = letter("Jo Marsh <jo.marsh@fleet.example>", subject="Monday", body=SOLD[language])
    assert read(raw, Known()).kind is MailKind.SPAM


@pytest.mark.parametrize("what", BOUGHT)
def test_who_tells_a_need_or_asks_our_price_is_heard(what: str) -> None:
    raw = letter("Jo Marsh <jo.marsh@cafe.example>", subject="Monday", body=BOUGHT[what])
    assert read(raw, Known()).kind is MailKind.ENQUIRY
