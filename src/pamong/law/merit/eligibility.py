"""Whether somebody may be appointed to a post on a day: one condition a rule, none left out silently. Pure.

A rule that no text read contains gives no condition, unless everybody would expect one: then it is unknown
and says so. Exceptions that another decides (a President's consent, sekolah kader, a remote region) are no
part of it: who uses one overrules the condition by name and with its basis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from pamong.kernel.clock import format_date
from pamong.law import career
from pamong.law.conditions import Condition, condition
from pamong.law.engine.plan import Law
from pamong.law.merit.ages import age
from pamong.law.merit.experience import field_of_work, level, present_post
from pamong.law.merit.facts import Facts, PostAsked
from pamong.law.merit.lookups import day_before, find, later, rule, span_text

Rule = Callable[[Law, PostAsked, Facts, date], Iterator[Condition]]


def eligibility(law: Law, post: PostAsked, facts: Facts, on: date) -> tuple[Condition, ...]:
    """Every condition for an appointment to ``post`` that takes effect ``on`` a day, in a fixed order."""
    return tuple(each for ask in _RULES for each in ask(law, post, facts, on))


def _employment(law: Law, _: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    found = find(law, "employment_accepted", on, facts.employment or "")
    if facts.employment is None:
        text = "Jenis kepegawaian belum diketahui. Lengkapi datanya."
    elif found is None:
        text = f"Belum ada aturan yang dibaca apakah {facts.employment} dapat diangkat pada jabatan ini."
    else:
        text = f"Jenis kepegawaiannya {facts.employment}; jabatan ini untuk PNS."
    about = found or rule(law, "employment_accepted", on)
    answer = found.value if found else None
    yield condition("employment", answer, text, about, value=facts.employment or "", threshold="PNS")


def _standing(law: Law, _: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    about = rule(law, "standing_without_post", on)
    if facts.ended:
        answer: bool | None = False
        text = f"Masa dinasnya berakhir: {facts.ended}. Orang yang tidak berdinas lagi tidak dapat diangkat."
    elif facts.standing is None or facts.ended is None:
        answer, text = None, "Kedudukan hukumnya pada hari itu belum diketahui. Lengkapi datanya."
    elif facts.standing.strip().lower() in career.seatless_standings(law, on):
        answer, text = False, f"Kedudukan hukumnya {facts.standing}, sehingga tidak menduduki jabatan."
    else:
        answer, text = True, f"Kedudukan hukumnya {facts.standing}."
    value = facts.ended or facts.standing or ""
    yield condition("standing", answer, text, about, value=value, threshold="masih berdinas")


def _rank(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    limits = career.rank_limits(law, post.eselon, on)
    about = limits.lowest or limits.highest
    asked = f"{limits.lowest.value} sampai {limits.highest.value}" if limits.lowest and limits.highest else ""
    fits = career.fits_rank(law, facts.golongan, post.eselon, on) if facts.golongan else None
    if not asked:
        text = "Batas golongan ruang untuk jabatan ini belum diketahui."
    elif facts.golongan is None:
        text = "Golongan ruangnya belum diketahui. Lengkapi datanya."
    else:
        text = f"Golongan ruangnya {facts.golongan}; jabatan eselon {post.eselon} untuk {asked}."
    yield condition("rank", fits, text, about, value=facts.golongan or "", threshold=asked)


def _education(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    found = find(law, "education_accepted", on, post.kind, facts.education or "")
    shown = (facts.education or "").upper().replace("_", " ")
    if facts.education is None:
        text = "Pendidikan yang sudah diperiksa belum ada. Periksa ijazahnya dulu."
    elif found is None:
        text = f"Belum ada aturan yang dibaca apakah pendidikan {shown} memenuhi syarat."
    elif found.value:
        text = f"Pendidikan tertingginya {shown}, memenuhi syarat."
    else:
        text = f"Pendidikan tertingginya {shown}, di bawah yang disyaratkan."
    about = found or rule(law, "education_accepted", on)
    yield condition("education", found.value if found else None, text, about, value=shown)


def _predicates(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    about = find(law, "predicate_years", on, post.kind) or find(law, "predicate_years_jpt", on, post.kind)
    if about is None:
        return
    answers, words = [], []
    for year in range(on.year - about.value, on.year):
        word = facts.predicates.get(year)
        enough = find(law, "predicate_enough", on, word or "")
        answers.append(enough.value if enough else None)
        words.append(f"{year} {word.replace('_', ' ') if word else 'belum diketahui'}")
    text = f"Predikat kinerja {about.value} tahun terakhir: {', '.join(words)}. Paling sedikit baik."
    answer = False if False in answers else None if None in answers else True
    yield condition("predicates", answer, text, about, value=", ".join(words), threshold="baik")


def _sanction(law: Law, _: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    about = rule(law, "sanction_bars", on)
    bars = find(law, "sanction_bars", on, facts.sanction or "")
    shown = (facts.sanction or "").replace("_", " ")
    if facts.sanction is None:
        answer, text = None, "Belum diketahui apakah ia sedang menjalani hukuman disiplin."
    elif not facts.sanction:
        answer, text = True, "Ia tidak sedang menjalani hukuman disiplin."
    elif bars is not None and bars.value:
        answer = False
        text = f"Ia sedang menjalani hukuman {shown}, yang menurunkan atau membebaskannya dari jabatan."
    else:
        answer = None
        text = (
            f"Ia sedang menjalani hukuman {shown}. Peraturan yang dibaca hanya meminta rekam jejak yang "
            "baik, jadi panitia yang menilai dan menulis alasannya."
        )
    yield condition("sanction", answer, text, about, value=shown, threshold="tidak sedang dihukum")


def _lhkpn(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    about = find(law, "lhkpn_asked", on, post.kind)
    if about is None or not about.value:
        return
    said = {None: "Belum diketahui apakah ia sudah melaporkan", True: "Ia sudah melaporkan"}
    text = f"{said.get(facts.lhkpn, 'Ia belum melaporkan')} harta kekayaannya (LHKPN)."
    yield condition("lhkpn", facts.lhkpn, text, about, threshold="sudah melapor")


def _retirement(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """In service under the age limit of the post that he has, and long enough under that of the new one."""
    own = career.retirement(law, facts.own_age_key or "", facts.born, on) if facts.born else None
    if own is None:
        text = "Batas usia pensiunnya belum diketahui. Periksa tanggal lahir dan jabatannya."
        yield condition("retirement", None, text, rule(law, "retirement_age", on))
    else:
        text = f"Ia berdinas paling lama sampai {format_date(own.last_day)}; pengangkatan {format_date(on)}."
        shown = format_date(own.last_day)
        yield condition(
            "retirement", on <= own.last_day, text, own.age, value=shown, threshold=format_date(on)
        )
    yield from _soon(law, post, facts, on)


def _soon(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    margin = find(law, "retirement_margin_months", on)
    if margin is None:
        return
    then = career.retirement(law, post.kind, facts.born, on) if facts.born else None
    asked = span_text(margin.value)
    if then is None:
        text = "Belum diketahui kapan ia pensiun dari jabatan ini."
        yield condition("retires_soon", None, text, margin, threshold=asked)
        return
    enough = day_before(later(on, margin.value)) <= then.last_day
    text = f"Ia pensiun mulai {format_date(then.starts_on)}. Sebagian daerah meminta sisa {asked}."
    shown = format_date(then.starts_on)
    yield condition("retires_soon", enough, text, margin, value=shown, threshold=asked)


def _kin(law: Law, _: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """Kinship bars the relative on the panel from his part, and nobody from applying."""
    about = find(law, "panel_no_conflict", on)
    if facts.kin is None:
        answer, text = None, "Hubungan keluarga dengan panitia dan pejabat yang berwenang belum diperiksa."
    elif facts.kin:
        answer = False
        text = " ".join((*facts.kin, "Yang berhubungan keluarga tidak ikut menilai atau memutus."))
    else:
        answer = True
        text = "Tidak ada hubungan keluarga yang tercatat dengan panitia dan pejabat yang berwenang."
    yield condition("kin", answer, text, about, only_shown=True)


_RULES: tuple[Rule, ...] = (
    _employment, _standing, _rank, _education, level, field_of_work, _predicates, _sanction, age, _lhkpn,
    _retirement, present_post, _kin,
)  # fmt: skip
