"""How long somebody held which posts, against what a post asks. Pure.

Months that are sure and months that are only possible are counted apart: a functional post whose class nobody
compared, a post whose field nobody judged. Too few sure months are *not met* only if no possible one could
make up for them and the career is recorded whole; else *unknown*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from pamong.law.career import Cited
from pamong.law.conditions import Condition, condition
from pamong.law.engine.plan import Law
from pamong.law.merit.facts import Facts, Held, PostAsked
from pamong.law.merit.lookups import find, later, rule, span_text, union_months, whole_months

_JPT = ("jpt_pratama", "jpt_madya", "jpt_utama")


def level(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """So long on the level below, now or before."""
    need = find(law, "level_months", on, post.kind)
    if need is None:
        text = "Lama jabatan yang disyaratkan belum diketahui."
        yield condition("level", None, text, rule(law, "level_months", on))
        return
    yield _measured("level", "pada jenjang yang disyaratkan", need, facts, on, _counts(law, post, on))


def field_of_work(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """So long in the field of the post: over all posts for a JPT, on the level below for others."""
    need = find(law, "field_months", on, post.kind)
    if need is None:
        return
    on_level = _counts(law, post, on)

    def counts(held: Held) -> bool | None:
        reached = True if post.kind in _JPT else on_level(held)
        if reached is False or held.in_field is False:
            return False
        return None if reached is None or held.in_field is None else True

    yield _measured("field", "dalam bidang tugas jabatan ini", need, facts, on, counts)


def present_post(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """At least so long in the present post before a move; between JPT also at most so long.

    The texts speak of a move between posts (mutasi). For a promotion too short a time is *unknown*.
    """
    least = find(law, "move_months_lowest", on)
    now = facts.present(on)
    if least is None:
        return
    if now is None:
        text = "Jabatan sekarang dan sejak kapan ia mendudukinya belum diketahui."
        yield condition("present_post", None, text, least, threshold=span_text(least.value))
        return
    months = whole_months(now.since, on)
    moves = now.level == post.kind
    enough = months >= least.value
    asked = span_text(least.value)
    text = f"Ia menduduki jabatannya sekarang {span_text(months)}; mutasi paling singkat {asked}."
    if not enough and not moves:
        text += " Pasal itu tentang mutasi; untuk promosi belum ada naskah yang dibaca."
    answer = enough if enough or moves else None
    yield condition("present_post", answer, text, least, value=span_text(months), threshold=asked)
    yield from _too_long(law, post, now, on)


def _too_long(law: Law, post: PostAsked, now: Held, on: date) -> Iterator[Condition]:
    most = find(law, "move_months_highest", on)
    if most is None or post.kind not in _JPT or now.level != post.kind:
        return
    months = whole_months(now.since, on)
    asked = span_text(most.value)
    text = f"Ia menduduki JPT sekarang {span_text(months)}; mutasi antar-JPT paling lama {asked}."
    # To the day: whoever is there five years and one day is there longer than five years.
    within = on <= later(now.since, most.value)
    yield condition("present_post_long", within, text, most, value=span_text(months), threshold=asked)


def _counts(law: Law, post: PostAsked, on: date) -> Callable[[Held], bool | None]:
    """Whether a post is on the level asked for: yes, no, or not known (a class that nobody compared)."""
    by_class = find(law, "level_by_class", on, post.kind)

    def counts(held: Held) -> bool | None:
        found = find(law, "level_counts", on, post.kind, held.level)
        if found is not None:
            return bool(found.value)
        if held.functional and by_class is not None and by_class.value:
            return held.same_class
        return False

    return counts


def _measured(
    code: str, what: str, need: Cited[Any], facts: Facts, on: date, counts: Callable[[Held], bool | None]
) -> Condition:
    sure, perhaps = [], []
    for held in facts.posts:
        stretch = (held.since, min(held.before or on, on))
        verdict = counts(held)
        if verdict is True:
            sure.append(stretch)
        if verdict is not False:
            perhaps.append(stretch)
    have, could, asked = union_months(sure), union_months(perhaps), span_text(need.value)
    text = f"Pengalamannya {what} {span_text(have)}; disyaratkan paling singkat {asked}."
    answer: bool | None = have >= need.value
    if not answer and could >= need.value:
        answer, text = (
            None,
            text + " Sebagian jabatannya belum dinilai apakah dihitung. Nilai dulu jabatan itu.",
        )
    elif not answer and not facts.posts_whole:
        answer, text = None, text + " Riwayat jabatannya belum lengkap. Lengkapi dulu."
    return condition(code, answer, text, need, value=span_text(have), threshold=asked)
