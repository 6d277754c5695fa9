"""TLS as we insist on it, and its failures in words: verified, at least 1.2, no way to switch it off."""

from __future__ import annotations

import functools
import os
import socket
import ssl
from datetime import UTC, datetime

from leaddesk.words.errors import OutOfReach, Usage

_EXPIRED, _NOT_YET, _OTHER_NAME, _OTHER_ADDRESS = 10, 9, 62, 64
"""OpenSSL's X509_V_ERR numbers that deserve their own sentence; the rest are about trust."""


def context(ca_file: str | None) -> ssl.SSLContext:
    """A verifying context that trusts the system's authorities and, besides, those in `ca_file`.

    Reading all authorities takes some 10 ms, so that it is done anew only when their files have changed; one
    context serves any number of connections. Raises Usage when the file cannot be used.
    """
    trusted = ssl.get_default_verify_paths()
    return _made(ca_file, tuple(map(_stamp, (trusted.cafile, trusted.capath, ca_file))))


def _stamp(path: str | None) -> tuple[int, int] | None:
    """Changes when the file does."""
    try:
        told = os.stat(path) if path else None
    except OSError:
        return None
    return (told.st_mtime_ns, told.st_size) if told else None


@functools.lru_cache(maxsize=16)
def _made(ca_file: str | None, stamps: object) -> ssl.SSLContext:
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            made.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError):
            raise Usage(f"The CA file {ca_file} cannot be used.", "Choose a PEM file.") from None
    return made


def about(sock: ssl.SSLSocket) -> str:
    """The connection's protection in words: 'TLS 1.3, certificate good until March 2027'."""
    version = (sock.version() or "TLS").replace("TLSv", "TLS ")
    until = _good_until(sock)
    return f"{version}, certificate good until {until:%B %Y}" if until else version


def _good_until(sock: ssl.SSLSocket) -> datetime | None:
    certificate = sock.getpeercert() or {}
    until = certificate.get("notAfter")
    if not isinstance(until, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)


def failure(error: OSError | UnicodeError, host: str, port: int) -> OutOfReach:
    """Why `host` could not be reached safely, in one sentence, with what may mend it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _distrust(error, host)
    if isinstance(error, ssl.SSLError):
        return _no_tls(error, host, port)
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return OutOfReach(
            f"The name {host} cannot be found.", "Check the server's name and the network connection."
        )
    if isinstance(error, TimeoutError):
        return OutOfReach(f"{host} does not answer.", "Check the server's name, port and the network.")
    if isinstance(error, ConnectionRefusedError):
        return OutOfReach(f"{host} refuses connections on port {port}.", "Check the port.")
    if isinstance(error, ConnectionError):
        return OutOfReach(f"{host} closed the connection.", "Check the port and the kind of protection.")
    return OutOfReach(
        f"{host} cannot be reached: {error.strerror or error}.", "Check the network connection."
    )


def _distrust(error: ssl.SSLCertVerificationError, host: str) -> OutOfReach:
    if error.verify_code == _EXPIRED:
        return OutOfReach(
            f"The certificate of {host} has expired.",
            "The provider must renew it; check this computer's date.",
        )
    if error.verify_code == _NOT_YET:
        return OutOfReach(f"The certificate of {host} is not valid yet.", "Check this computer's date.")
    if error.verify_code in (_OTHER_NAME, _OTHER_ADDRESS):
        return OutOfReach(
            f"The certificate of {host} is made out to another name.",
            "Use the server name that the provider gives.",
        )
    return OutOfReach(
        f"The certificate of {host} is not signed by anyone this computer trusts.",
        "If the server has its own authority, give its CA file.",
    )


def _no_tls(error: ssl.SSLError, host: str, port: int) -> OutOfReach:
    reason = error.reason or ""
    if "PROTOCOL_VERSION" in reason or "UNSUPPORTED_PROTOCOL" in reason:
        return OutOfReach(f"{host} only speaks an outdated TLS.", "The provider must allow TLS 1.2 or newer.")
    if "WRONG_VERSION" in reason or "RECORD_LAYER" in reason:
        return OutOfReach(
            f"{host} does not speak TLS on port {port}.", "Check the port and the kind of protection."
        )
    return OutOfReach(f"{host} could not agree on a protected connection.", "Check the port.")
