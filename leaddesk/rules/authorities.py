"""Where people sign in with the browser: the shipped list, and which row opens a mail server."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from leaddesk.words.account import Security, Server
from leaddesk.words.errors import Unusable, Usage
from leaddesk.words.sign_in import Authority

_REDIRECT_HOSTS = ("127.0.0.1", "localhost")


def parse(text: str) -> tuple[Authority, ...]:
    """The authorities of a list, in its order. Raises Unusable when the text is no such list.

    Its addresses must be protected (https); only one on this very computer may do without.
    """
    try:
        return tuple(_authority(row) for row in tomllib.loads(text)["authority"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Unusable(f"The list of sign-ins cannot be read: {error}") from None


def named(name: str, authorities: Sequence[Authority]) -> Authority:
    """The first of that name. Raises Usage when there is none."""
    for authority in authorities:
        if authority.name == name:
            return authority
    known = ", ".join(dict.fromkeys(each.name for each in authorities))
    raise Usage(f"There is no sign-in called '{name}'.", f"Known are: {known}.")


def by_host(host: str, authorities: Sequence[Authority]) -> Authority | None:
    """The authority whose tokens a mail server takes, or None when none is known."""
    wanted = host.strip().rstrip(".").lower()
    for authority in authorities:
        if wanted in (authority.imap.host, authority.smtp.host, *authority.hosts):
            return authority
    return None


def _authority(row: Mapping[str, Any]) -> Authority:
    redirect = str(row.get("redirect", _REDIRECT_HOSTS[0]))
    if redirect not in _REDIRECT_HOSTS:
        raise ValueError(f"the browser cannot come back to {redirect}")
    return Authority(
        name=str(row["name"]),
        label=str(row["label"]),
        authorize_url=_protected(row["authorize"]),
        token_url=_protected(row["token"]),
        scopes=tuple(map(str, row["scopes"])),
        imap=_server(row["imap"]),
        smtp=_server(row["smtp"]),
        hosts=tuple(str(host).lower() for host in row.get("hosts", ())),
        redirect_host=redirect,
        tenant=str(row.get("tenant", "")),
        asks=tuple((str(word), str(value)) for word, value in row.get("asks", {}).items()),
        admin_url=_protected(row["admin"]) if "admin" in row else "",
        note=str(row.get("note", "")),
        steps=tuple(map(str, row.get("steps", ()))),
        page=str(row.get("page", "")),
        has_client_secret=bool(row.get("client_secret", False)),
    )


def _protected(url: object) -> str:
    parts = urlsplit(str(url))
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return str(url)
    raise ValueError(f"{url} is not protected")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _server(text: object) -> Server:
    place, security = str(text).split()
    host, port = place.rsplit(":", 1)
    return Server(host.lower(), int(port), Security(security))
