"""A Dovecot of our own for one test: own folder, own ports on the loopback, own certificates.

It runs as root or as anybody. Its mail is looked at through doveadm, which is the truth that our own
reading is compared with.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from leaddesk.words.account import Security, Server
from tests.real import find, need
from tests.real.certificates import Certificates, Pair, make_certificates
from tests.real.ports import free_ports

_CONFIG = """
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:{root}/mail/%u
mail_max_userip_connections = {connections}
imap_idle_notify_interval = {idle_notify}
default_internal_user = {users[internal]}
default_internal_group = {users[group]}
default_login_user = {users[login]}
first_valid_uid = 1
first_valid_gid = 1
{by_token}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = static
  args = uid={users[mail_uid]} gid={users[mail_gid]} home={root}/mail/%u-home allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox {sent} {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

_BY_TOKEN = """passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/token-{user}.conf
}}
"""
_TOKEN = """introspection_mode = post
introspection_url = {authority}/introspect?box={user}
username_attribute = username
active_attribute = active
active_value = true
force_introspection = yes
timeout_msecs = 5000
"""


class Dovecot:
    """The server; `with Dovecot() as dovecot:` starts it and takes everything away afterwards.

    `idle_notify` is the time between its "Still here" lines. Users and their passwords are plain. With
    `authority` (the address of one) tokens are taken too: it is asked whether their bearer may open the box.
    """

    def __init__(
        self,
        users: dict[str, str] | None = None,
        *,
        certificates: Certificates | None = None,
        pair: Pair | None = None,
        idle_notify: str = "2 mins",
        sent: str = "Sent",
        connections: int = 100,
        authority: str | None = None,
    ) -> None:
        self._authority = authority
        self.users = users or {"ana": "secret words"}
        self.root = Path(tempfile.mkdtemp(prefix="ldv"))
        self.root.chmod(0o755)
        for name in ("run", "mail"):
            (self.root / name).mkdir()
        self.certificates = certificates or make_certificates(self.root)
        self.ca_file = self.certificates.ca_file
        self.imap_port, self.imaps_port, self.lmtp_port = free_ports(3)
        self._process: subprocess.Popen[bytes] | None = None
        self._config = self.root / "dovecot.conf"
        self._write_config(pair or self.certificates.good, idle_notify, sent, connections)

    def _write_config(self, pair: Pair, idle_notify: str, sent: str, connections: int) -> None:
        lines = (f"{user}:{{PLAIN}}{password}\n" for user, password in self.users.items())
        (self.root / "users").write_text("".join(lines))
        tokens = [self._takes_tokens(user) for user in self.users] if self._authority else []
        self._config.write_text(
            _CONFIG.format(
                root=self.root,
                mechanisms="plain login" + (" xoauth2 oauthbearer" if tokens else ""),
                by_token="".join(tokens),
                certificate=pair.certificate,
                key=pair.key,
                idle_notify=idle_notify,
                sent=sent,
                connections=connections,
                users=self._system_users(),
                imap=self.imap_port,
                imaps=self.imaps_port,
                lmtp=self.lmtp_port,
            )
        )

    def _takes_tokens(self, user: str) -> str:
        """One question a box: Dovecot tells the authority the token, and not what it is to open."""
        asking = _TOKEN.format(authority=self._authority, user=user)
        (self.root / f"token-{user}.conf").write_text(asking)
        return _BY_TOKEN.format(root=self.root, user=user)

    def _system_users(self) -> dict[str, object]:
        """Dovecot's own users when we are root, else everything is ours."""
        import grp  # servers are tested where POSIX is
        import pwd

        if os.geteuid() == 0:
            mail = pwd.getpwnam("mail")
            os.chown(self.root / "mail", mail.pw_uid, mail.pw_gid)
            names: dict[str, object] = {"internal": "dovecot", "group": "dovecot", "login": "dovenull"}
        else:
            mail = pwd.getpwuid(os.geteuid())
            group = grp.getgrgid(mail.pw_gid).gr_name
            names = {"internal": mail.pw_name, "group": group, "login": mail.pw_name}
        return {**names, "mail_uid": mail.pw_uid, "mail_gid": mail.pw_gid}

    # -- where it is

    @property
    def server(self) -> Server:
        return Server("localhost", self.imaps_port, Security.TLS)

    @property
    def starttls_server(self) -> Server:
        return Server("localhost", self.imap_port, Security.STARTTLS)

    @property
    def plain_server(self) -> Server:
        return Server("127.0.0.1", self.imap_port, Security.PLAIN)

    def logs(self) -> str:
        """The end of what it wrote, for a failing test."""
        written = (self.root / name for name in ("out.log", "dovecot.log"))
        return "".join(path.read_text(errors="replace") for path in written if path.exists())[-4000:]

    # -- life

    def start(self, timeout: float = 15.0) -> Dovecot:
        with (self.root / "out.log").open("ab") as log:
            self._process = subprocess.Popen(
                [find("dovecot") or "dovecot", "-F", "-c", str(self._config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.root,
                start_new_session=True,
            )
        until = time.monotonic() + timeout
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Dovecot did not start: {self.logs()}")
            time.sleep(0.01)
        return self

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.imap_port), 1) as connection:
                return connection.recv(100).startswith(b"* OK")
        except OSError:
            return False

    def _listens(self) -> bool:
        for port in (self.imap_port, self.imaps_port, self.lmtp_port):
            with socket.socket() as connection:
                if connection.connect_ex(("127.0.0.1", port)) == 0:
                    return True
        return False

    def stop(self) -> None:
        """Ask it to end, its sessions too: they would outlive the master."""
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGKILL)

    def kill9(self) -> None:
        """End it and all its sessions without a word."""
        self._signal(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)  # the group is ours: start_new_session
        except ProcessLookupError:
            return
        self._process.wait(10)
        until = time.monotonic() + 10
        while self._listens():  # its children hold the ports for a moment longer
            assert time.monotonic() < until, self.logs()
            time.sleep(0.005)

    def __enter__(self) -> Dovecot:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill9()
        shutil.rmtree(self.root, ignore_errors=True)

    # -- mail in

    def deliver(self, raw: bytes, *, to: str = "ana", sender: str = "customer@example.org") -> None:
        """Hand a mail over by LMTP, as a mail server does. INTERNALDATE is now."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, local_hostname="localhost") as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def fill(
        self, mails: Iterable[tuple[bytes, datetime]], *, user: str = "ana", folder: str = "INBOX"
    ) -> None:
        """Put many mails into a folder at once, as files of its Maildir; their times are INTERNALDATE."""
        place = self.root / "mail" / user
        owner = self._system_users()
        box = place if folder == "INBOX" else place / f".{folder}"
        made = [place, box, *(box / name for name in ("cur", "new", "tmp"))]
        for path in made:
            path.mkdir(exist_ok=True)
        for number, (raw, at) in enumerate(mails):
            made.append(box / "cur" / f"{int(at.timestamp())}.{number}.filled:2,S")
            made[-1].write_bytes(raw.replace(b"\r\n", b"\n"))
            os.utime(made[-1], (at.timestamp(), at.timestamp()))
        for path in made if os.geteuid() == 0 else ():
            os.chown(path, int(str(owner["mail_uid"])), int(str(owner["mail_gid"])))

    def append(
        self, raw: bytes, *, user: str = "ana", folder: str = "INBOX", at: datetime | None = None
    ) -> None:
        """Put a mail into a folder with an INTERNALDATE of choice, as another mail program does."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login(user, self.users[user])
            date = imaplib.Time2Internaldate(at) if at else ""
            status, answer = imap.append(folder, "", date, raw)
            assert status == "OK", answer

    # -- the truth, and what may happen to it

    def doveadm(self, *words: str) -> str:
        """Run doveadm and give what it printed."""
        command = [find("doveadm") or "doveadm", "-c", str(self._config), *words]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert ended.returncode == 0, f"{words}: {ended.stderr}"
        return ended.stdout

    def uids(self, *, user: str = "ana", folder: str = "INBOX") -> list[int]:
        printed = self.doveadm("-f", "flow", "fetch", "-u", user, "uid", "mailbox", folder, "all")
        return [int(line.partition("=")[2]) for line in printed.splitlines() if line]

    def message_ids(self, *, user: str = "ana", folder: str = "INBOX") -> list[str]:
        printed = self.doveadm("-f", "flow", "fetch", "-u", user, "hdr.message-id", "mailbox", folder, "all")
        return [line.partition("=")[2] for line in printed.splitlines() if line]

    def flags(self, *, user: str = "ana", folder: str = "INBOX") -> list[str]:
        printed = self.doveadm("-f", "flow", "fetch", "-u", user, "flags", "mailbox", folder, "all")
        return [line.partition("=")[2].strip() for line in printed.splitlines() if line]

    def expunge(self, uid: int, *, user: str = "ana", folder: str = "INBOX") -> None:
        self.doveadm("expunge", "-u", user, "mailbox", folder, "uid", str(uid))

    def set_uidvalidity(self, number: int, *, user: str = "ana", folder: str = "INBOX") -> None:
        self.doveadm("mailbox", "update", "-u", user, "--uid-validity", str(number), folder)

    def create(self, folder: str, *, user: str = "ana") -> None:
        self.doveadm("mailbox", "create", "-u", user, folder)

    def rename(self, old: str, new: str, *, user: str = "ana") -> None:
        self.doveadm("mailbox", "rename", "-u", user, old, new)

    def delete(self, folder: str, *, user: str = "ana") -> None:
        self.doveadm("mailbox", "delete", "-u", user, folder)


def need_dovecot() -> None:
    """Skip, or fail under CI, where Dovecot is not installed."""
    need("dovecot", "dovecot-imapd dovecot-lmtpd")
