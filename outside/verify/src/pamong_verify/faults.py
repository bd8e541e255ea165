"""Everything that can be wrong, each with its exit status and its sentence. README.md lists the same."""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """``(exit status, what is wrong, what to do)``; 10-19 unreadable, 20-29 not genuine, 30-39 weak."""

    UNREADABLE = 10, "Berkas tidak dapat dibaca", "Pastikan berkasnya benar dan utuh, lalu ulangi"
    EXTRA_MISSING = 11, "Paket tambahan belum terpasang", "Pasang paket itu, lalu ulangi"
    POLICY_BROKEN = 12, "Berkas kebijakan keliru", "Ambil lagi berkas kebijakan dari sumber yang dipercaya"
    NO_PROOF = 13, "Dokumen ini tidak membawa bukti", "Minta dokumen aslinya kepada penerbit"
    HALF_QR = 14, "Kode QR terbaca sebagian atau rusak", "Pindai ulang sampai seluruh kode terbaca"
    TRUNCATED_TILE = 15, "Potongan log terpotong atau salah ukuran", "Salin ulang potongan itu dari log"
    MISSING_TILE = 16, "Potongan log tidak ada", "Salin ulang folder log sampai lengkap"
    FORGED = 20, "Tanda tangan tidak sah", "Anggap palsu; laporkan kepada inspektorat beserta berkasnya"
    UNKNOWN_LOG = (
        21,
        "Tidak ditandatangani kunci yang dikenal",
        "Cocokkan berkas kebijakan dengan penerbitnya",
    )
    OTHER_DOCUMENT = (
        22,
        "Bukti ini milik isi yang lain",
        "Jangan dipercaya; minta dokumen asli dengan buktinya",
    )
    TILE_MISMATCH = 23, "Potongan log tidak cocok dengan isinya", "Simpan folder ini sebagai barang bukti"
    ROOT_MISMATCH = 24, "Isi log tidak cocok dengan titik segelnya", "Simpan folder ini sebagai barang bukti"
    SMALLER_TREE = 25, "Log menyusut: catatan lama hilang", "Simpan kedua titik segel sebagai barang bukti"
    FORKED = 26, "Log bercabang: catatan lama diubah", "Simpan kedua titik segel sebagai barang bukti"
    RECEIPT_UNFULFILLED = 27, "Janji pada tanda terima tidak ditepati", "Simpan tanda terima ini: ia bukti"
    QUORUM_NOT_MET = 30, "Asli, tetapi saksinya kurang", "Minta bukti dengan saksi yang cukup"
    POLICY_DEPENDENT = 31, "Asli, tetapi kebijakannya lemah", "Minta kebijakan yang mewajibkan saksi luar"
    TOO_EARLY = 32, "Belum dapat dinilai", "Ulangi dengan salinan log yang lebih baru"

    @property
    def status(self) -> int:
        """The exit status of the command line."""
        return self.value[0]

    def sentence(self, where: str) -> str:
        """What is wrong, where, and what to do."""
        _, what, advice = self.value
        return f"{what}: {where}. {advice}."


class Refused(Exception):
    """The one exception of this package: a fault and where it is."""

    def __init__(self, fault: Fault, where: str) -> None:
        self.fault = fault
        self.where = where
        super().__init__(fault.sentence(where))
