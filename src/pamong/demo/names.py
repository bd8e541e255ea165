"""Invented Javanese names by sex and age, and academic titles written as Indonesians write them.

The lists are our own. A name of one word is a whole name; the older somebody is, the more common that is.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Literal

Sex = Literal["L", "P"]

# Born before 1972, 1972 to 1986, later: first words, second words, names that stand alone.
_GENERATIONS = (1972, 1987)
_ALONE_PERCENT = (45, 18, 3)
_NEVER_ALONE = frozenset({"Dwi", "Tri", "Sri", "Siti", "Umi", "Muhammad", "Setyo"})
_THREE_WORDS_PERCENT = (2, 14, 45)

_FIRST = {
    "L": (
        "Suparman Sugiyanto Sutrisno Suwarno Sukardi Sunaryo Supriyadi Sumarno Bambang Joko Slamet Sugeng "
        "Widodo Hartono Haryanto Mulyono Suharno Sudarmo Ngadiman Wagimin Sarjono Subroto Hadi Tukiman "
        "Purwanto Marsudi Suyatno Gunawan Darmanto Priyono",
        "Agus Eko Dwi Tri Budi Heri Joko Wahyu Didik Arief Teguh Yulianto Anton Bayu Catur Danang Edi "
        "Feri Hendro Imam Kuncoro Nanang Puguh Ratno Sigit Totok Untung Wawan Yudi Andri",
        "Aditya Rizky Bagas Dimas Galih Ilham Fajar Reza Arya Bima Dhani Fauzan Gilang Hanif Ibnu Kevin "
        "Lutfi Muhammad Naufal Pandu Rafi Satria Tegar Yoga Yusuf Zaki Adnan Krisna Raka Wisnu",
    ),
    "P": (
        "Sutarni Sumarni Sulastri Suparmi Endang Sri Siti Tutik Sunarti Suharti Wartini Kusmiyati Hartini "
        "Suprapti Mujiyati Ngatini Rukmini Sumiyati Titik Warsini Tumini Partini Suyatmi Lasmini Marsiti "
        "Paryati Jumiyem Yatmi Retno Sudarmi",
        "Sri Dwi Tri Endah Nining Wahyuni Yuni Rini Erna Ika Indah Kristina Lilis Maryati Nanik Puji "
        "Ratna Setyo Tutik Umi Wiwik Yanti Anik Atik Dyah Eny Heni Isti Nurul Rahayu",
        "Anisa Ayu Bella Citra Desi Dinda Fitri Galuh Hana Intan Kartika Laras Maya Nadia Novita Putri "
        "Rara Sekar Tiara Ulfa Vina Wulan Yasmin Zahra Alya Devi Eka Fajriyah Mega Nabila",
    ),
}
_SECOND = {
    "L": (
        "Widodo Santoso Raharjo Hadiwibowo Prasetyo Wibisono Sudibyo Purnomo Utomo Wiryawan Sutopo "
        "Subagyo Hartoyo Sasongko Mulyadi Suseno Riyanto Budiarjo Sukmono Darsono",
        "Setiawan Nugroho Susanto Wibowo Kurniawan Prasetyo Cahyono Wijayanto Purnomo Hidayat Saputro "
        "Sulistyo Handoko Santosa Hermawan Widianto Priyambodo Ismanto Subekti Rohmadi",
        "Pratama Nugraha Saputra Ramadhan Wicaksono Kusuma Prabowo Mahendra Maulana Firmansyah Ardiansyah "
        "Wibawa Pamungkas Aji Hakim Perdana Setyawan Permana Adinata Bagaskara",
    ),
    "P": (
        "Rahayu Lestari Wahyuni Purwanti Sulistyowati Handayani Suryani Astuti Widayati Hastuti Mulyani "
        "Suryaningsih Purwaningsih Kusumawati Winarsih Setyowati Murtini Yuliati Budiarti Rejeki",
        "Wulandari Handayani Susilowati Widyastuti Kurniasih Setyaningsih Rahmawati Puspitasari Yulianti "
        "Hidayati Nurhayati Wijayanti Indriani Pratiwi Ernawati Kristanti Fatmawati Anggraeni Rohmah "
        "Sulistyani",
        "Permatasari Anggraini Kusumaningrum Maharani Safitri Oktaviani Rahmadhani Puspita Larasati "
        "Khasanah Nurfadilah Paramita Damayanti Azizah Widyaningrum Cahyani Utami Novitasari Prameswari "
        "Salsabila",
    ),
}
_MIDDLE = {
    "L": "Adi Budi Tri Eko Nur Wahyu Hadi Surya Agung Cahyo Arif Dwi",
    "P": "Nur Dwi Tri Ayu Retno Dyah Eka Sari Dewi Rahma Arum Tyas",
}


def make_name(rng: Random, sex: Sex, birth_year: int) -> str:
    """A name of one to three words for a man (``L``) or a woman (``P``) born in a year; no titles."""
    age = sum(birth_year >= year for year in _GENERATIONS)
    kind, first, middle, second = (rng.random() for _ in range(4))  # four draws, whatever the shape
    given = _pick(_FIRST[sex][age], first)
    if kind * 100 < _ALONE_PERCENT[age] and given not in _NEVER_ALONE:
        return given
    words = [given, _pick(_SECOND[sex][age], second)]
    if (1 - kind) * 100 < _THREE_WORDS_PERCENT[age]:
        words.insert(1, _pick(_MIDDLE[sex], middle))
    return " ".join(dict.fromkeys(words))


def words_of(sex: Sex) -> frozenset[str]:
    """Every word that a generated name of this sex can hold."""
    return frozenset(" ".join((*_FIRST[sex], *_SECOND[sex], _MIDDLE[sex])).split())


def _pick(words: str, draw: float) -> str:
    found = _split(words)
    return found[int(draw * len(found))]


@cache
def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def titled(front: str, name: str, back: str) -> str:
    """Front title, name, back titles: ``dr. Sri Rahayu, Sp.A.``; ``dr.`` (physician) is not ``Dr.``."""
    full = f"{front} {name}".strip()
    return f"{full}, {back}" if back else full
