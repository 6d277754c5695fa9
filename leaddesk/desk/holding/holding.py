"""Judges an enquiry inside the transaction in which it lands; the sender does the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from leaddesk.desk.answering import Answer, Answering
from leaddesk.desk.config import Config
from leaddesk.desk.holding.facts import Facts
from leaddesk.desk.holding.letters import OWN, Letters, shipped_wordings
from leaddesk.desk.holding.preview import Preview
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules.holding.may import judge
from leaddesk.words.account import Account
from leaddesk.words.holding import Held, HoldingMessage, HoldingStand, HoldingText, WouldBe
from leaddesk.words.lead import Enquiry
from leaddesk.words.mail import Known, Mail, Reading
from leaddesk.words.settings import HOLDING_LANGUAGES, HOLDING_ON

_A_MONTH = timedelta(days=30)
_TOO_MANY = "holding.many"


class Holding:
    """The holding message. `known` is what the reader is told, `is_watched` whether anything runs at all."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        config: Config,
        troubles: Troubles,
        reader: Callable[[], Reader],
        known: Callable[[], Known],
        desk_id: str,
        is_watched: Callable[[], bool],
    ) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._troubles = troubles
        self._is_watched = is_watched
        self._answering = Answering(store)
        self._facts = Facts(store, clock, config)
        self._letters = Letters(clock, config, desk_id)
        self._preview = Preview(store, clock, self._facts, self._letters, reader, known)

    # -- what lands

    def landed(self, mail: Mail, reading: Reading, lead: int) -> None:
        """Judges the enquiry that this mail opened, and puts its holding message into the outbox."""
        answer = self._answering.to_lead(lead)
        enquiry = next((each for each in answer.lead.enquiries if each.mail == mail.id), None)
        if enquiry is None:
            return
        now = self._clock.now()
        held = judge(self._facts.case(mail, reading, answer, enquiry, now))
        account = answer.account
        if held.to is not None and account is not None:
            held = self._send(held, reading, answer, enquiry, account, now)
        self._store.holding.judged(enquiry.id, held)
        self._tell(held, account)

    def _send(
        self, held: Held, reading: Reading, answer: Answer, enquiry: Enquiry, account: Account, now: datetime
    ) -> Held:
        promised = self._letters.promise(now)
        said = self._letters.message(reading, account, promised, now)
        letter = self._letters.freeze(held.to or "", said, reading, answer, enquiry, account, now)
        if self._store.holding.send(letter, now) is None:  # another desk was quicker
            return Held(to=None, rule="A7", why="No automatic reply because they had one a moment ago.")
        return replace(held, why="Automatic reply.", promised_at=promised)

    def _tell(self, held: Held, account: Account | None) -> None:
        """What a person must decide, or should know."""
        if held.rule == "desk" and account is not None and self._store.holding.other_desk(account.id):
            self._ask_who(account)
        if held.rule == "A8":
            self._troubles.begin(
                _TOO_MANY,
                "Very many enquiries came at once: automatic replies are held back.",
                "Every enquiry is in the queue. They go out again by themselves when it is quiet.",
                urgent=False,
            )
        elif held.may_go:
            self._troubles.end(_TOO_MANY)

    # -- two desks on one mailbox

    def _ask_who(self, account: Account) -> None:
        self._troubles.begin(
            _two_desks(account.id),
            f"Another LeadDesk answers for {account.email}: no automatic reply goes out from here.",
            "Look on, or take over here and switch it off there: one desk a mailbox acknowledges.",
            "Take over",
            lambda: self.take_over(account.id),
            urgent=False,
        )

    def take_over(self, account: int) -> None:
        """A person's word: this desk acknowledges for the mailbox from now on."""
        self._store.holding.take_over(account, self._clock.now())
        self._troubles.end(_two_desks(account))

    # -- before it is switched on, and how it stands

    def preview(self, days: int = 7) -> tuple[WouldBe, ...]:
        """What would have gone out to the enquiries of the last days, and why not to the others."""
        return self._preview.of(days)

    def stand(self) -> HoldingStand:
        """Whether it is on, and plainly why nothing can be acknowledged now."""
        now = self._clock.now()
        cannot, mend = self._cannot()
        due, kept = self._store.holding.promises(now - _A_MONTH, now)
        account = next(iter(self._store.accounts.all()), None)
        return HoldingStand(
            is_on=self._config.get(HOLDING_ON), cannot=cannot, mend=mend,
            elsewhere=self._letters.elsewhere(account), promises=due, kept=kept,
        )  # fmt: skip

    # -- the firm's own text

    def texts(self) -> tuple[HoldingText, ...]:
        """In every language the text that goes out now: the firm's own, else ours."""
        return tuple(self._text(code, name) for code, name in HOLDING_LANGUAGES)

    def change(self, language: str, text: str) -> HoldingText:
        """The firm's own text from now on; an empty one, or ours as it is, means ours. Raises Usage."""
        ours = shipped_wordings()[language].text.strip()
        self._config.set(OWN[language], "" if text.strip() == ours else text)
        return next(each for each in self.texts() if each.language == language)

    def sample(self, language: str, text: str) -> HoldingMessage:
        """What somebody would get who writes out of hours. Raises Usage where the text cannot be kept."""
        account = next(iter(self._store.accounts.all()), None)
        return self._letters.sample(language, OWN[language].parse(text), account, self._clock.now())

    def _text(self, code: str, name: str) -> HoldingText:
        ours, own = shipped_wordings()[code], self._config.get(OWN[code])
        return HoldingText(
            language=code, name=name, text=own or ours.text.strip(), honest=ours.honest, is_own=bool(own)
        )

    def _cannot(self) -> tuple[str, str]:
        if not self._config.get(HOLDING_ON):
            return (
                "Nobody is told that their enquiry arrived: the holding message is switched off.",
                "Your mail provider can do it instead: put the text for it into its autoresponder.",
            )
        if not self._store.accounts.all():
            return "No mailbox is set up: nothing can be acknowledged.", "Add your mail account first."
        if not self._is_watched():
            return (
                "Neither a window nor 'leaddesk watch' is running: nothing is acknowledged now.",
                "Leave one running, or put the text for it into your mail provider's autoresponder.",
            )
        return "", ""


def _two_desks(account: int) -> str:
    return f"two-desks:{account}"
