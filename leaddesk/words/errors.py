"""The family of errors, sorted by who can act.

    LeadDeskError
    |- Usage            the command or the input is wrong: one sentence (exit 2)
    |- Refused          the answer is no: nothing was changed (exit 1)
    |- NeedsPerson      a person must do something first (exit 3)
    |  |- VaultLocked     the keyring is locked
    |  |- NoVault         there is no keyring that we trust, or it does not answer
    |  |- NoPassword      no password is known for the account
    |  |- SignInRefused   the server refused the sign-in
    |  |  |- NotSignedIn    the sign-in with the browser failed or is over: the person must sign in again
    |  |- FolderGone      the watched folder was renamed, moved or deleted
    |- Unusable         the data cannot be used, nothing was changed (exit 4)
    |  |- FromTheFuture   made by a newer LeadDesk
    |  |- Corrupt         the file is damaged
    |  |- InUse           another LeadDesk holds the profile
    |- OutOfReach       a server does not answer: tried again by itself
    |  |- SlowDown        the provider asks for a pause
    |- DiskTrouble      the disk is full or read-only: tried again by itself

Each carries one sentence for the person, `mend` for what to do. Anything else that is raised is our bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.words.sign_in import Refusal


class LeadDeskError(Exception):
    """A failure that can be told to a person in one sentence."""

    exit_code = 1

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend

    @property
    def whole(self) -> str:
        """What went wrong, and what to do."""
        return f"{self.sentence} {self.mend}".strip()


class Usage(LeadDeskError):
    exit_code = 2


class Refused(LeadDeskError):
    exit_code = 1


class NeedsPerson(LeadDeskError):
    exit_code = 3


class VaultLocked(NeedsPerson):
    pass


class NoVault(NeedsPerson):
    pass


class NoPassword(NeedsPerson):
    pass


class SignInRefused(NeedsPerson):
    pass


class NotSignedIn(SignInRefused):
    """`refusal` is why; `link` is what to forward to an administrator, where only one can help."""

    def __init__(self, sentence: str, mend: str = "", refusal: Refusal | None = None, link: str = "") -> None:
        from leaddesk.words.sign_in import Refusal  # noqa: PLC0415 - every start loads this file

        super().__init__(sentence, mend)
        self.refusal = refusal or Refusal.OTHER
        self.link = link


class FolderGone(NeedsPerson):
    pass


class Unusable(LeadDeskError):
    exit_code = 4


class FromTheFuture(Unusable):
    pass


class Corrupt(Unusable):
    pass


class InUse(Unusable):
    pass


class OutOfReach(LeadDeskError):
    pass


class SlowDown(OutOfReach):
    """The provider asks for a pause; `seconds` is how long, when it said so."""

    def __init__(self, sentence: str, mend: str = "", seconds: float | None = None) -> None:
        super().__init__(sentence, mend)
        self.seconds = seconds


class DiskTrouble(LeadDeskError):
    pass
