"""Refusals of access; each message tells what is missing and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from pamong.kernel.errors import DomainError


class NotAllowed(DomainError):
    """The actor may not do this. ``titles``: of the roles that may, where that is the reason."""

    def __init__(self, reason: str, titles: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.titles = tuple(titles)


class OwnCase(NotAllowed):
    """It is about the actor himself or a relative of his, or he asked for it: somebody else does it."""


class UserNotFound(DomainError):
    """No user has this name."""

    def __init__(self, username: str) -> None:
        super().__init__(f"Pengguna '{username}' tidak ada atau tidak aktif. Periksa ejaannya.")


class GrantNotFound(DomainError):
    """The grant is not there, or holds no more."""

    def __init__(self) -> None:
        super().__init__("Pemberian peran ini tidak ada atau sudah diganti. Muat ulang daftarnya.")


class GrantOverlaps(DomainError):
    """The user already holds this role over this unit on a part of the period."""

    def __init__(self, title: str) -> None:
        super().__init__(f"Peran {title} untuk unit ini sudah dipegang pada masa tersebut.")


class UserExists(DomainError):
    """The name or the e-mail address is taken."""

    def __init__(self) -> None:
        super().__init__("Nama pengguna atau alamat surel itu sudah dipakai. Pilih yang lain.")


class ReasonMissing(DomainError):
    """Whoever asks for something of another's account, or ends a role, says why, in words."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis alasannya dengan kata-kata, paling sedikit 10 karakter, agar yang membacanya mengerti. "
            "Alasan itu tercatat bersama nama Anda."
        )


class RequestNotFound(DomainError):
    """The request is not there, or someone has decided it."""

    def __init__(self) -> None:
        super().__init__("Permintaan ini tidak ada atau sudah diputuskan. Muat ulang daftarnya.")


class RequestWaits(DomainError):
    """The same has been asked for."""

    def __init__(self) -> None:
        super().__init__("Permintaan yang sama masih menunggu operator kedua. Buka daftar permintaan.")


class SecondPersonNeeded(DomainError):
    """Who asked, or whose account it is, does not decide."""

    def __init__(self) -> None:
        super().__init__("Permintaan ini diputuskan operator lain, bukan peminta atau pemilik akun.")


class AskerLeft(DomainError):
    """Who asked is no operator any more: what he wanted is asked for anew by somebody who is."""

    def __init__(self) -> None:
        super().__init__("Peminta tidak berwenang lagi. Tolak permintaan ini; operator lain memintanya lagi.")


class AddressTaken(DomainError):
    """Another account has this e-mail address."""

    def __init__(self) -> None:
        super().__init__("Alamat surel ini sudah dipakai akun lain. Pakai alamat Anda sendiri.")


class AddressMissing(DomainError):
    """No e-mail address, or none that a letter could reach."""

    def __init__(self) -> None:
        super().__init__("Tulis alamat surel yang lengkap, misalnya siti.aminah@contoh.go.id.")


class OneKeyLeft(DomainError):
    """The last key of a log is not retired."""

    def __init__(self, log: str) -> None:
        super().__init__(
            f"Buku segel '{log}' hanya mempunyai satu kunci. Tambahkan kunci baru dahulu dengan "
            "'pamong ledger rotate', tunggu sampai para saksi mengenalnya, lalu tarik yang lama."
        )


class KeyWaiting(DomainError):
    """A second new key is not added while one is being introduced."""

    def __init__(self, log: str) -> None:
        super().__init__(
            f"Buku segel '{log}' sudah mempunyai dua kunci. Tarik dahulu yang lama dengan "
            "'pamong ledger retire'."
        )
