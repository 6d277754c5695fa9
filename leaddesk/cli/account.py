"""`leaddesk account`: mail accounts tried, kept, tested and removed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import branch, branches, describe, number
from leaddesk.cli.browser import browser_options, new_options, servers_and_client, sign_in, told
from leaddesk.cli.call import Call
from leaddesk.cli.servers import server_options, servers
from leaddesk.cli.set_up import account_record, kept_or_not, refused, tell_step
from leaddesk.cli.show import Column
from leaddesk.cli.typed import asked, password_line
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.account import Account, Client, Proposal, Server, SignIn
from leaddesk.words.errors import Refused

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_EXAMPLE = "leaddesk account add --email ann@example.com --password-stdin < password.txt"
_COLUMNS = (
    Column("account", lambda row: str(row["account"])),
    Column("email", lambda row: row["email"]),
    Column("reads at", lambda row: _server_words(row["imap"])),
    Column("sends at", lambda row: _server_words(row["smtp"])),
    Column("folder", lambda row: row["folder"]),
    Column("keyring", lambda row: row["keyring"] or "not kept"),
)


def account_words(words: ArgumentParser) -> None:
    describe(words, "Mail accounts that are watched and answered through.", _EXAMPLE)
    room = branches(words)
    _add_options(
        branch(
            room,
            "add",
            add,
            "Tries a mail account step by step and keeps it. Its password goes to the keyring, nowhere else.",
            _EXAMPLE,
        )
    )
    branch(room, "list", show_accounts, "The accounts.", "leaddesk account list")
    test = branch(room, "test", test_account, "Tries an account again.", "leaddesk account test 1")
    test.add_argument("account", metavar="ID", type=number)
    test.add_argument(
        "--password-stdin", action="store_true", help="the password is a line on standard input"
    )
    again = branch(
        room,
        "sign-in",
        sign_in_again,
        "Signs in to an account with the browser again, or for the first time.",
        "leaddesk account sign-in 1",
    )
    again.add_argument("account", metavar="ID", type=number)
    again.add_argument("--no-test", action="store_true", help="do not try the account")
    browser_options(again)
    remove = branch(
        room,
        "remove",
        remove_account,
        "Stops watching an account and deletes its password from the keyring. Leads and mails stay.",
        "leaddesk account remove 1",
    )
    remove.add_argument("account", metavar="ID", type=number)


def _add_options(words: ArgumentParser) -> None:
    words.add_argument("--email", metavar="E", required=True)
    words.add_argument("--name", metavar="N", default="", help="the name in your mails")
    words.add_argument("--user", metavar="U", help="to sign in with, where it is not the address")
    words.add_argument("--smtp-user", metavar="U", help="to sign in with for sending, where it is another")
    new_options(words)
    server_options(words)
    words.add_argument("--folder", metavar="F", default="INBOX", help="the folder or label to watch")
    words.add_argument(
        "--sent", metavar="F", help="the folder of sent mails, where it is not found by itself"
    )
    words.add_argument(
        "--own",
        metavar="ADDRESS-OR-DOMAIN",
        action="append",
        default=[],
        help="a further address of yours, or the account's domain when all of it is yours",
    )
    words.add_argument(
        "--password-stdin", action="store_true", help="the password is one line on standard input"
    )
    words.add_argument("--keep-in-memory", action="store_true", help="do not keep the password at all")
    words.add_argument("--no-test", action="store_true", help="keep the account without trying it")


def add(call: Call) -> int:
    args = call.args
    with call.desk() as desk:
        proposal = desk.accounts.propose(args.email)
        if args.sign_in == "browser":
            return _add_by_browser(call, desk, proposal)
        account = _account(call, proposal, *servers(args, proposal, look=not args.no_test))
        password = _new_password(call, account.email)
        report = desk.accounts.add(
            account, password, on_step=lambda step: tell_step(call, step), test=not args.no_test
        )
    return kept_or_not(call, report, "the password is not kept")


def sign_in_again(call: Call) -> int:
    with call.desk() as desk:
        account = _kept(desk, call.args.account)
        client = told(call.args, account.client or Client(authority="", id=""))
        return sign_in(call, desk, replace(account, client=client))


def _add_by_browser(call: Call, desk: Desk, proposal: Proposal) -> int:
    imap, smtp, client = servers_and_client(call.args, desk, proposal)
    account = replace(_account(call, proposal, imap, smtp), sign_in=SignIn.BROWSER, client=client)
    return sign_in(call, desk, account)


def show_accounts(call: Call) -> int:
    with call.desk() as desk:
        accounts = desk.accounts.list()
    call.out.table((account_record(each, ()) for each in accounts), _COLUMNS, "There is no mail account yet.")
    return 0


def test_account(call: Call) -> int:
    with call.desk() as desk:
        account = _kept(desk, call.args.account)
        password = _password_again(call, account)
        report = desk.accounts.test(account.id, password, on_step=lambda step: tell_step(call, step))
    if not report.ok:
        return refused(call, report, f"{account.email} does not work")
    call.out.record(account_record(account, report.tests), f"{account.email} works.")
    return 0


def remove_account(call: Call) -> int:
    with call.desk() as desk:
        _kept(desk, call.args.account)
        removed = desk.accounts.remove(call.args.account)
    call.out.record(account_record(removed, ()), f"{removed.email} is not watched any more.")
    return 0


# -- inside


def _account(call: Call, proposal: Proposal, imap: Server, smtp: Server) -> Account:
    args = call.args
    is_browser = proposal.sign_in is SignIn.BROWSER  # but servers of another kind were given
    own = [word.strip().casefold() for word in args.own]
    domain = proposal.email.rpartition("@")[2].casefold()
    return Account(
        email=proposal.email,
        name=one_line(args.name),
        user=args.user or proposal.user,
        smtp_user=args.smtp_user,
        imap=imap,
        smtp=smtp,
        sign_in=SignIn.PASSWORD if is_browser else proposal.sign_in,
        ca_file=_absolute(args.ca),
        folder=args.folder,
        sent_folder=args.sent,
        own_addresses=tuple(word for word in own if "@" in word.strip("@")),
        own_domain=domain in (word.removeprefix("@") for word in own),
        keep_in_memory=args.keep_in_memory,
    )


def _absolute(file: str | None) -> str | None:
    """Services start elsewhere."""
    from pathlib import Path  # noqa: PLC0415 - only here

    return str(Path(file).expanduser().absolute()) if file else None


def _new_password(call: Call, email: str) -> str | None:
    """As it is given; one that is neither tried nor kept need not be."""
    args = call.args
    if not args.password_stdin and args.no_test and args.keep_in_memory:
        return None
    return _hidden(call, password_line(email) if args.password_stdin else asked(email))


def _password_again(call: Call, account: Account) -> str | None:
    """None: the keyring has it, or there is none."""
    if call.args.password_stdin:
        return _hidden(call, password_line(account.email))
    is_kept = account.keyring is not None or account.sign_in is SignIn.BROWSER
    return None if is_kept else _hidden(call, asked(account.email))


def _hidden(call: Call, password: str) -> str:
    call.log.hide(password)
    return password


def _kept(desk: Desk, number: int) -> Account:
    """An account in use. Raises Refused for a removed one too."""
    account = next((each for each in desk.accounts.list() if each.id == number), None)
    if account is None:
        raise Refused(f"There is no account {number}.", "leaddesk account list shows them.")
    return account


def _server_words(server: Mapping[str, Any]) -> str:
    return f"{server['host']}:{server['port']} ({server['security']})"


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"account": account_words}
