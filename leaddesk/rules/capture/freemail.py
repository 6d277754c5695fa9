"""Mail providers whose domains belong to everybody: such a domain is never one firm's own."""

from __future__ import annotations

_DOMAINS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com",
    "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me",
    "protonmail.com", "pm.me", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.com", "web.de",
    "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "arcor.de", "mail.com", "fastmail.com",
    "zoho.com", "hey.com", "tutanota.com", "tuta.com", "orange.fr", "wanadoo.fr", "free.fr",
    "laposte.net", "sfr.fr", "neuf.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it",
    "tin.it", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "telenet.be", "skynet.be", "wp.pl", "o2.pl",
    "onet.pl", "interia.pl", "op.pl", "mail.ru", "yandex.ru", "bk.ru", "list.ru", "qq.com",
    "163.com", "126.com", "naver.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com",
    "btinternet.com", "virginmedia.com", "sky.com", "talktalk.net", "ntlworld.com",
    "blueyonder.co.uk", "bigpond.com", "optusnet.com.au", "xtra.co.nz", "shaw.ca", "rogers.com",
    "sympatico.ca", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net",
    "cox.net", "charter.net", "bluewin.ch", "uol.com.br", "bol.com.br", "terra.com.br",
    "telefonica.net",
})  # fmt: skip
_FAMILIES = ("yahoo.", "hotmail.", "live.", "outlook.", "gmx.")


def is_freemail(domain: str) -> bool:
    """True for a provider where anybody may have an address.

    >>> is_freemail("yahoo.co.uk"), is_freemail("linde-maler.example")
    (True, False)
    """
    domain = domain.lower()
    return domain in _DOMAINS or domain.startswith(_FAMILIES)
