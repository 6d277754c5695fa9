"""A certificate authority of our own, with good certificates and every kind of bad one."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from leaddesk.doors.clock import Clock


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


@dataclass(frozen=True)
class Certificates:
    """What a TLS test needs; all but `untrusted` are signed by the authority in `ca_file`."""

    ca_file: str
    good: Pair
    """For localhost and 127.0.0.1, good for twenty days."""
    expired: Pair
    wrong_host: Pair
    untrusted: Pair


class _Authority:
    def __init__(self, name: str, now: datetime) -> None:
        self._now = now
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        self.certificate = self._sign_itself()

    def _sign_itself(self) -> x509.Certificate:
        builder = _builder(self._name, self._name, self._key.public_key(), self._now, days=30)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        return (
            builder.add_extension(x509.BasicConstraints(True, 0), True)
            .add_extension(usage, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), False)
            .sign(self._key, hashes.SHA256())
        )

    def pair(self, folder: Path, name: str, hosts: tuple[str, ...], *, days: int = 20) -> Pair:
        """A server certificate for `hosts`; negative `days` make one that ended so long ago."""
        key = ec.generate_private_key(ec.SECP256R1())
        signed = (
            _builder(_named(hosts[0]), self._name, key.public_key(), self._now, days)
            .add_extension(x509.SubjectAlternativeName([_alternative(host) for host in hosts]), False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), False)
            .sign(self._key, hashes.SHA256())
        )
        pair = Pair(folder / f"{name}.pem", folder / f"{name}-key.pem")
        pair.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        pair.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        pair.key.chmod(0o600)
        return pair


def make_certificates(folder: Path) -> Certificates:
    """Write a new authority and its certificates into `folder` (some 10 ms)."""
    now = Clock().now()
    ours, theirs = _Authority("LeadDesk test CA", now), _Authority("Another CA", now)
    ca_file = folder / "ca.pem"
    ca_file.write_bytes(ours.certificate.public_bytes(serialization.Encoding.PEM))
    here = ("localhost", "127.0.0.1")
    return Certificates(
        ca_file=str(ca_file),
        good=ours.pair(folder, "good", here),
        expired=ours.pair(folder, "expired", here, days=-1),
        wrong_host=ours.pair(folder, "wrong-host", ("mail.example.com",)),
        untrusted=theirs.pair(folder, "untrusted", here),
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + timedelta(days=days))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
