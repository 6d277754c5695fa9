"""Set-up as the pictures show it: servers that answer as real ones do, and nothing is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from leaddesk.words.account import (
    Account,
    AccountReport,
    Client,
    Proposal,
    Provider,
    Security,
    Server,
    SignIn,
    Step,
    TestStep,
)
from leaddesk.words.errors import LeadDeskError, NotSignedIn, OutOfReach
from leaddesk.words.sign_in import Authority, Refusal

if TYPE_CHECKING:
    from .needs import Desk
    from .tasks import Tasks
    from .window import Window

Show = Callable[["Window", "Desk", "Tasks"], object]
_IMAP = Server("outlook.office365.com", 993)
_SMTP = Server("smtp.office365.com", 587, Security.STARTTLS)
_PAGE = (
    "https://login.microsoftonline.com/hillside-lofts.example.com/oauth2/v2.0/authorize?response_type=code"
)
_LINK = (
    "https://login.microsoftonline.com/hillside-lofts.example.com/adminconsent"
    "?client_id=5f7c0f9e-3f0a-4a55-9d0e-0d6f6d0f3c11"
)
_NEEDS_ADMINISTRATOR = NotSignedIn(
    "Microsoft needs an administrator of your firm to allow LeadDesk first.",
    f"Forward this address to your administrator: {_LINK}",
    Refusal.ADMINISTRATOR,
    _LINK,
)
_OFFICE = Account(
    id=1,
    email="info@hillside-lofts.onmicrosoft.com",
    user="info@hillside-lofts.onmicrosoft.com",
    imap=_IMAP,
    smtp=_SMTP,
    sign_in=SignIn.BROWSER,
    client=Client(authority="microsoft", id="5f7c0f9e-3f0a-4a55-9d0e-0d6f6d0f3c11"),
    folder="Enquiries",
)
_SWITCHED_OFF = AccountReport(
    _OFFICE,
    (
        TestStep(Step.REACH, "imap", True, "outlook.office365.com answers on port 993."),
        TestStep(Step.TLS, "imap", True, "TLS 1.3, certificate good until March 2027"),
        TestStep(Step.LOGIN, "imap", True, "Signed in as info@hillside-lofts.onmicrosoft.com."),
        TestStep(Step.FOLDER, "imap", True, "INBOX holds 1,204 mails."),
        TestStep(
            Step.LOGIN,
            "smtp",
            False,
            "Sending by programs (SMTP AUTH) is switched off for this mailbox.",
            "Ask your administrator to switch on ‘Authenticated SMTP’ for this mailbox. Until then your "
            "answers open in your own mail program.",
            bearable=True,
        ),
    ),
)
_NO_LIST = OutOfReach("outlook.office365.com does not answer.", "Try again in a minute.")
_FOLDERS = (
    "INBOX",
    "Archive",
    "Deleted Items",
    "Drafts",
    "Enquiries",
    "Enquiries/Website",
    "Junk Email",
    "Sent Items",
)


class _Office:
    """Mailboxes at Microsoft 365: nobody is asked, everybody answers. A client id's way is the desk's."""

    def __init__(self, desk: Desk, folders: tuple[str, ...] | LeadDeskError = _FOLDERS) -> None:
        self._desk, self._folders = desk, folders

    def propose(self, email: str) -> Proposal:
        provider = Provider("Microsoft 365", (), _IMAP, _SMTP, SignIn.BROWSER, freemail=False)
        return Proposal(email, provider, (_IMAP,), (_SMTP,), SignIn.BROWSER, email)

    def authorities(self) -> Sequence[Authority]:
        return self._desk.accounts.authorities()

    def vault_name(self) -> str:
        return "GNOME Keyring"

    def list(self) -> tuple[Account, ...]:
        return ()

    def folders(self, account: Account, password: str | None = None) -> tuple[str, ...]:
        if isinstance(self._folders, LeadDeskError):
            raise self._folders
        return self._folders


class _Gmail:
    """An account that is refused at the sign-in, for the picture of the set-up."""

    _PROVIDER = Provider(
        "Gmail",
        ("gmail.com",),
        Server("imap.gmail.com", 993),
        Server("smtp.gmail.com", 465),
        SignIn.APP_PASSWORD,
        True,
        "Gmail lets a program in with an app password only, not with the one that you use in the browser.",
        (
            "Turn on 2-Step Verification in your Google account, if it is off.",
            "Open the page for app passwords, make one and call it LeadDesk.",
            "Paste the sixteen letters here. Spaces do not matter.",
        ),
        "https://myaccount.google.com/apppasswords",
    )
    _STEPS = (
        TestStep(Step.REACH, "imap", True, "imap.gmail.com answers"),
        TestStep(Step.TLS, "imap", True, "TLS 1.3, certificate good until March 2027"),
        TestStep(Step.LOGIN, "imap", False, "Google did not take the password"),
    )

    def propose(self, email: str) -> Proposal:
        one = self._PROVIDER
        assert one.imap is not None
        assert one.smtp is not None
        return Proposal(email, one, (one.imap,), (one.smtp,), one.sign_in, email)

    def authorities(self) -> tuple[Authority, ...]:
        return ()

    def list(self) -> tuple[Account, ...]:
        return ()

    def vault_name(self) -> str:
        return "GNOME Keyring"

    def add(
        self, account: Account, password: str | None, *, on_step: Callable[[TestStep], None]
    ) -> AccountReport:
        for step in self._STEPS:
            on_step(step)
        return AccountReport(account, self._STEPS)


def by_password(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The set-up of a mailbox that wants an app password, refused."""
    from .account.page import AccountPage  # noqa: PLC0415 - only for this picture

    gmail: Any = _Gmail()
    page = AccountPage(gmail, desk.clock, tasks, window.theme)
    window.show_whole(page)
    page.rehearse("ann.hollis@gmail.com")


def by_browser(came: str | LeadDeskError | AccountReport | None = None) -> Show:
    """The set-up of a mailbox at Microsoft 365, to what came of the sign-in."""

    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        from .account.page import AccountPage  # noqa: PLC0415 - only for this picture

        office: Any = _Office(desk)
        page = AccountPage(office, desk.clock, tasks, window.theme)
        window.show_whole(page)
        page.rehearse(_OFFICE.email, came)

    return show


def sign_in_again(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The sheet that opens a mailbox anew, while the person is in the browser."""
    from .sign_in_sheet import SignInSheet  # noqa: PLC0415 - only for this picture

    office: Any = _Office(desk)

    def found(authorities: Sequence[Authority]) -> None:
        sheet = SignInSheet(_OFFICE, authorities[0], office, desk.clock, tasks, window.theme)
        sheet.rehearse(_PAGE)
        window.sheets.open(sheet)

    tasks.run(desk.accounts.authorities, found)


def folders(answer: tuple[str, ...] | LeadDeskError) -> Show:
    """The choice of a folder, with the server's list or without."""

    def show(window: Window, desk: Desk, tasks: Tasks) -> None:
        from .folder_sheet import FolderSheet  # noqa: PLC0415 - only for this picture

        title = f"Which folder of {_OFFICE.email}?"
        office = _Office(desk, answer)
        window.sheets.open(FolderSheet(title, _OFFICE.folder, lambda: office.folders(_OFFICE), tasks))

    return show


WAITING = by_browser(_PAGE)
ADMINISTRATOR = by_browser(_NEEDS_ADMINISTRATOR)
CANNOT_SEND = by_browser(_SWITCHED_OFF)
FOLDERS = folders(_FOLDERS)
NO_FOLDERS = folders(_NO_LIST)
