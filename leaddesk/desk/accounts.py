"""Accounts and feeds: proposed, tried out step by step, kept with their password in the keyring."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.desk.passwords import Passwords
from leaddesk.doors.paths import resource
from leaddesk.doors.store import Store
from leaddesk.doors.vault import Vault
from leaddesk.rules import providers
from leaddesk.words.account import (
    Account,
    AccountReport,
    Feed,
    Proposal,
    Provider,
    Security,
    SignIn,
    TestStep,
)
from leaddesk.words.errors import LeadDeskError, NeedsPerson, NoVault, Refused, Usage
from leaddesk.words.sign_in import Authority, Bearer, Password

if TYPE_CHECKING:
    from leaddesk.desk.signing_in import SigningIn
    from leaddesk.desk.trial import Trial

log = logging.getLogger(__name__)
OnStep = Callable[[TestStep], None]
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _ignore(step: TestStep) -> None:
    """Nobody watches the steps."""


class Accounts:
    """What a person does with accounts and feeds."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        passwords: Passwords,
        trial: Callable[[], Trial],
        signing_in: Callable[[], SigningIn],
        on_password: Callable[[int], None],
    ) -> None:
        """`trial` and `signing_in` are made when they are needed: their libraries take their time.

        `on_password` is told an account that can be signed in to again.
        """
        self._store = store
        self._vault = vault
        self._passwords = passwords
        self._trial = trial
        self._signing_in = signing_in
        self._on_password = on_password

    # -- reading

    def list(self) -> tuple[Account, ...]:
        return self._store.accounts.all()

    def feeds(self) -> tuple[Feed, ...]:
        return self._store.accounts.feeds()

    def propose(self, email: str) -> Proposal:
        """Servers for an address. Raises Usage when it is none."""
        return providers.propose(email, self._providers())

    def authorities(self) -> Sequence[Authority]:
        """Where people can sign in with the browser, and how an owner gets a client id there."""
        return self._signing_in().authorities()

    def folders(self, account: Account, password: str | None = None) -> tuple[str, ...]:
        """The folders of a mailbox, the Inbox first; without a password by what is known of a kept account.

        Blocks while its server is asked. Raises NoPassword, NotSignedIn or VaultLocked when there is nothing
        to sign in with, SignInRefused when the server says no, OutOfReach when it does not answer.
        """
        from leaddesk.desk.folders import folders_of  # noqa: PLC0415 - the mail room takes its time

        account = self._protected(account)
        if password is not None:
            account = self._by_password(account)
            return folders_of(account, Password(providers.clean_password(password, account.sign_in)))
        self._passwords.ask_again()
        return folders_of(account, self._passwords.of(account))

    def vault_name(self) -> str | None:
        """The keyring that would keep a password, by its name for people; None when there is none."""
        return self._vault.backend_name()

    # -- adding and changing

    def add(
        self, account: Account, password: str | None, *, on_step: OnStep = _ignore, test: bool = True
    ) -> AccountReport:
        """Tries the account and keeps it. A refused test stores nothing and leaves the keyring untouched.

        The password goes to the keyring; without a usable one (or with `keep_in_memory`) it stays in memory,
        and the account's `keyring` is None. Raises VaultLocked while the keyring is locked.
        """
        account = self._checked(self._by_password(account))
        password = providers.clean_password(password, account.sign_in) if password else None
        tests: tuple[TestStep, ...] = ()
        if test:
            tests, account = self._trial().run(account, Password(password) if password else None, on_step)
            if not AccountReport(account, tests).ok:
                return AccountReport(account, tests)
        return AccountReport(self._keep(account, password), tests)

    def sign_in(
        self,
        account: Account,
        *,
        open_browser: Callable[[str], object],
        on_step: OnStep = _ignore,
        cancel: threading.Event | None = None,
        test: bool = True,
    ) -> AccountReport:
        """Signs in with the browser, tries the account and keeps it; `account` may be new or a kept one.

        Its `client` has the owner's client id; it may be left out where another mailbox has one. Blocks for
        up to three minutes, until `cancel` is set. A refused test stores nothing. Raises Usage without a
        client id, NotSignedIn (its `refusal` is why, its `link` is to be forwarded), OutOfReach, and
        VaultLocked while the keyring is locked.
        """
        signing_in = self._signing_in()
        account = self._checked(signing_in.prepared(account))
        account, grant = signing_in.sign_in(account, open_browser, cancel)
        tests: tuple[TestStep, ...] = ()
        if test:
            tests, account = self._trial().run(account, Bearer(grant.access_token), on_step)
            if not AccountReport(account, tests).ok:
                return AccountReport(account, tests)
        kept = signing_in.keep(account, grant)
        self._on_password(kept.id)
        return AccountReport(kept, tests)

    def test(self, account: int, password: str | None = None, *, on_step: OnStep = _ignore) -> AccountReport:
        """Tries an account that is kept. Raises NoPassword or VaultLocked when there is none to try with."""
        known = self._store.accounts.get(account)
        self._passwords.ask_again()
        secret = Password(password) if password is not None else self._passwords.of(known)
        tests, tried = self._trial().run(known, secret, on_step)
        report = AccountReport(known, tests)
        learnt = replace(
            known, saves_sent=tried.saves_sent, signer_sent=tried.signer_sent, smtp_off=tried.smtp_off
        )
        if report.ok and learnt != known:
            self._store.accounts.change(learnt)
        return report

    def change(self, account: Account) -> None:
        """Name, signature, own addresses, folders, servers."""
        self._store.accounts.change(self._checked(account))

    def remove(self, account: int) -> Account:
        """Stops watching; the keyring's entry goes too. Leads and mails stay.

        Raises Refused while the keyring is locked; one that is not there any more holds nothing back.
        """
        known = self._store.accounts.get(account)
        try:
            self._passwords.forget(known)
        except NoVault:
            log.warning("no keyring: a password of %s may still lie in the one it was kept in", known.email)
        except NeedsPerson as locked:
            raise Refused(
                f"The password of {known.email} could not be taken out of the keyring.",
                "Unlock the keyring and remove the account again.",
            ) from locked
        self._store.accounts.remove(account)
        return known

    def give_password(self, account: int, password: str, *, keep: bool) -> None:
        """Typed by the person: into the keyring, or for this run only.

        Raises VaultLocked or NoVault when it cannot be kept; it is used in this run all the same.
        """
        known = self._by_password(self._store.accounts.get(account))
        secret = providers.clean_password(password, known.sign_in)
        self._passwords.remember(known, secret)
        self._on_password(account)
        if keep:
            self._passwords.keep(known, secret)
            self._store.accounts.change(
                replace(known, keyring=self._vault.backend_name(), keep_in_memory=False)
            )

    def unlock(self) -> None:
        """Lets the desktop ask for the keyring's own password; may block for a minute. Raises VaultLocked."""
        self._passwords.ask_again()
        for account in self._store.accounts.all():
            if account.keyring is not None:
                self._passwords.check(account)
                self._on_password(account.id)

    # -- feeds

    def add_feed(self, kind: str, path: str) -> Feed:
        """A Maildir or a folder of mail files. Raises Usage when it is none."""
        where = Path(path).expanduser().resolve()
        if not where.is_dir():
            raise Usage(f"{where} is no folder.", "Give a folder that exists.")
        if kind == "maildir" and not (where / "new").is_dir():
            raise Usage(f"{where} is no Maildir: it has no folder 'new'.", "Add it as a folder instead.")
        return self._store.accounts.add_feed(kind, str(where))

    def remove_feed(self, feed: int) -> None:
        self._store.accounts.remove_feed(feed)

    # -- inside

    def _keep(self, account: Account, password: str | None) -> Account:
        """Password first: an account whose password could not be kept is not there at all, and vice versa."""
        if password is None:
            return self._store.accounts.add(account)
        account = self._with_password_kept(account, password)
        self._passwords.remember(account, password)
        try:
            return self._store.accounts.add(account)
        except LeadDeskError:
            with contextlib.suppress(NeedsPerson):
                self._passwords.forget(account)
            raise

    def _with_password_kept(self, account: Account, password: str) -> Account:
        if account.keep_in_memory:
            return account
        try:
            self._passwords.keep(account, password)
        except NoVault:
            log.warning("no usable keyring: the password of account %s is not kept", account.email)
            return account
        return replace(account, keyring=self._vault.backend_name())

    def _by_password(self, account: Account) -> Account:
        """The same account. Raises Refused where a password would open nothing, before one is sent there."""
        owner = providers.by_host(account.imap.host, self._providers())
        is_browser = owner is not None and owner.sign_in is SignIn.BROWSER
        if is_browser or account.sign_in is SignIn.BROWSER:
            raise Refused(
                f"{account.email} is opened by signing in with the browser, never with a password.",
                "Sign in with the browser.",
            )
        return account

    def _protected(self, account: Account) -> Account:
        for server in (account.imap, account.smtp):
            if server.security is Security.PLAIN and server.host.lower() not in _LOOPBACK:
                raise Usage(f"{server.host} would be spoken to without encryption.", "Use tls or starttls.")
        return account

    def _checked(self, account: Account) -> Account:
        self._protected(account)
        known = [a for a in self._store.accounts.all() if a.email.casefold() == account.email.casefold()]
        if any(a.id != account.id for a in known):
            raise Refused(f"{account.email} is watched already.", "Remove it first to set it up anew.")
        return account

    def _providers(self) -> tuple[Provider, ...]:
        return providers.parse(resource("providers.toml").read_text(encoding="utf-8"))
