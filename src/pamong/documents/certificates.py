"""Certificates with which offices sign documents: a PKCS#12 file for each office in one folder.

A government brings the files of its own authority. Without any, an authority of this installation can issue
them (``make_certificate``): then a signature shows that nothing was changed since and which office holds the
key, but nobody outside believes it until he knows that authority. Keys are files of mode 0600.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from pamong.kernel.errors import DomainError

AUTHORITY = "penerbit"
# The example's day is not the machine's: a certificate of ours holds on either side of the day it is made.
_YEARS = timedelta(days=5 * 365)
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LONGEST = 64  # of a name in a certificate (X.520)


class CertificateBroken(DomainError):
    """The file of an office can't be opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Berkas sertifikat {path.name} tidak dapat dibuka. Periksa berkasnya dan "
            "PAMONG_CERTIFICATES_SECRET."
        )


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key: the office's code, the name in it, until when it holds, its file."""

    code: str
    name: str
    until: datetime
    path: Path


def find_certificate(code: str) -> Certificate | None:
    """The certificate of an office; None where it has none. ``CertificateBroken``."""
    path = _path(code)
    return _read(code, path) if path.is_file() else None


def list_certificates() -> list[Certificate]:
    """All of the folder but the authority's, by code. ``CertificateBroken``."""
    paths = sorted(Path(settings.PAMONG_CERTIFICATES).glob("*.p12"))
    return [_read(path.stem, path) for path in paths if path.stem != AUTHORITY]


def make_certificate(*, code: str, name: str, government: str, at: datetime) -> Certificate:
    """Issue a certificate to an office by this installation's own authority, which is made with the first
    one. An office that has one keeps it."""
    if (known := find_certificate(code)) is not None:
        return known
    if not _path(AUTHORITY).is_file():
        _issue(AUTHORITY, _name(f"Penerbit sertifikat {government}", government), None, at)
    _issue(code, _name(name, government), _load(_path(AUTHORITY)), at)
    return _read(code, _path(code))


def authority() -> x509.Certificate | None:
    """The certificate of this installation's own authority; None where it has none."""
    path = _path(AUTHORITY)
    return _load(path)[1] if path.is_file() else None


def secret() -> bytes | None:
    """What opens the files; None for plain ones."""
    told = str(settings.PAMONG_CERTIFICATES_SECRET)
    return told.encode() if told else None


_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_Pair = tuple[_Key, x509.Certificate]


def _issue(code: str, subject: x509.Name, by: _Pair | None, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    made = _builder(subject, key, by, at).sign(by[0] if by else key, hashes.SHA256())
    how: KeySerializationEncryption = NoEncryption()
    if (known := secret()) is not None:
        how = BestAvailableEncryption(known)
    chain = [by[1]] if by else None
    _write(_path(code), pkcs12.serialize_key_and_certificates(code.encode(), key, made, chain, how))


def _builder(subject: x509.Name, key: _Key, by: _Pair | None, at: datetime) -> x509.CertificateBuilder:
    issuer = by[1].subject if by else subject
    issuer_key = by[0].public_key() if by else key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _YEARS)
        .not_valid_after(at + _YEARS)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(_usage(signs_others=by is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    """Documents (non-repudiation) or certificates, never both."""
    return x509.KeyUsage(
        digital_signature=not signs_others, content_commitment=not signs_others, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=signs_others, crl_sign=signs_others,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(name: str, government: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, government[:_LONGEST]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST]),
        ]
    )


def _read(code: str, path: Path) -> Certificate:
    _key, found = _load(path)
    names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Certificate(code, str(names[0].value) if names else code, found.not_valid_after_utc, path)


def _load(path: Path) -> _Pair:
    try:
        key, found, _chain = pkcs12.load_key_and_certificates(path.read_bytes(), secret())
    except ValueError as error:
        raise CertificateBroken(path) from error
    if not isinstance(key, _Key) or found is None:
        raise CertificateBroken(path)
    return key, found


def _path(code: str) -> Path:
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no code of an office")
    return Path(settings.PAMONG_CERTIFICATES) / f"{code}.p12"


def _write(path: Path, data: bytes) -> None:
    """A new private file. Of two at once the first stands: it is linked into place, never over another."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)  # of mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if not path.exists():
            os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink(missing_ok=True)
