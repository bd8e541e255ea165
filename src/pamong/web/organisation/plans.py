"""The plan of a reorganisation as its pages see it: steps from forms, steps in words, new units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pamong.organisation.choices import Step, code_of
from pamong.web.organisation.words import names

Plan = dict[str, Any]
PARTS = ("steps", "new_seats", "seats")
_STAYS = "-"  # a seat that only loses its lead


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a plan in words, with where it stands: part and number, so that it can be taken out."""

    part: str
    number: int
    text: str


def new_units(plan: Mapping[str, Any]) -> dict[str, str]:
    """Codes and names of the units that a plan makes or names anew."""
    found = {}
    for step in plan.get("steps") or []:
        for item in step.get("new") or []:
            if name := (item.get("unit") or {}).get("name"):
                found[item["code"]] = name
    return found


def with_entry(plan: Mapping[str, Any], part: str, entry: Mapping[str, Any]) -> Plan:
    """The plan with one more entry."""
    made = deepcopy(dict(plan))
    made.setdefault(part, []).append(dict(entry))
    return made


def without(plan: Mapping[str, Any], part: str, number: int) -> Plan:
    """The plan without one entry; as it is where there is none. Of seats, all that are told in one line."""
    made = deepcopy(dict(plan))
    entries = made.get(part) or []
    if part == "seats":
        goals = list(dict.fromkeys(map(_goal, entries)))
        gone = goals[number : number + 1]
        made[part] = [entry for entry in entries if _goal(entry) not in gone]
    elif part in PARTS and 0 <= number < len(entries):
        del entries[number]
    return made


def settled(plan: Mapping[str, Any], before: Mapping[str, Any], seats: Mapping[str, Collection[str]]) -> Plan:
    """The plan without what was said of seats for steps that it has no more, as those of ``before``.

    ``seats`` gives the ids of seats by the code of their unit, for units that ``before`` emptied.
    """
    now, gone = emptied(plan), set(new_units(before)) - set(new_units(plan))
    units = {seat: code for code, ids in seats.items() for seat in ids}

    def holds(entry: Mapping[str, Any]) -> bool:
        code, goal = units.get(str(entry.get("seat"))), _goal(entry)
        return goal not in gone and (code is None or code in now) and _fits(goal, now.get(code or ""))

    made = deepcopy(dict(plan))
    if made.get("seats"):
        made["seats"] = [entry for entry in made["seats"] if holds(entry)]
    return made


def _fits(goal: str, targets: tuple[str, ...] | None) -> bool:
    return not targets or goal in ("", _STAYS, *targets)


def _goal(entry: Mapping[str, Any]) -> str:
    """Where a seat goes: a unit by its code, '' where it is closed, or that it stays and loses its lead."""
    return "" if entry.get("close") else str(entry.get("unit") or _STAYS)


def with_seats(plan: Mapping[str, Any], fates: Mapping[str, Mapping[str, Any]]) -> Plan:
    """The plan with what becomes of these seats, by their ids; an empty fate is taken out. Others stay."""
    made = deepcopy(dict(plan))
    kept = [entry for entry in made.get("seats") or [] if entry.get("seat") not in fates]
    made["seats"] = kept + [{"seat": seat, **fate} for seat, fate in fates.items() if fate]
    return made


def step_from(
    kind: Step, asked: Mapping[str, Any], taken: Collection[str], names_of: Mapping[str, str]
) -> Plan:
    """A step as the plan keeps it, from what its form cleaned. ``taken``: codes that no new unit may have."""
    return {"step": kind.value} | _MAKERS[kind](asked, taken, names_of)


def _create(asked: Mapping[str, Any], taken: Collection[str], _names: Mapping[str, str]) -> Plan:
    unit = {name: asked[name] for name in ("name", "kind", "parent", "is_opd")}
    return {"new": [{"code": code_of(asked["name"], taken), "unit": unit}]}


def _rename(asked: Mapping[str, Any], _taken: Collection[str], _names: Mapping[str, str]) -> Plan:
    unit = {"name": asked["name"]} | ({"short_name": asked["short_name"]} if asked["short_name"] else {})
    return {"old": [asked["old"]], "unit": unit}


def _move(asked: Mapping[str, Any], _taken: Collection[str], _names: Mapping[str, str]) -> Plan:
    return {"old": [asked["old"]], "unit": {"parent": asked["parent"]}}


def _merge(asked: Mapping[str, Any], taken: Collection[str], _names: Mapping[str, str]) -> Plan:
    if asked["into"]:
        return {"old": asked["old"], "new": [{"code": asked["into"], "unit": {}}]}
    unit = {"name": asked["name"]} | ({"parent": asked["parent"]} if asked["parent"] else {})
    return {"old": asked["old"], "new": [{"code": code_of(asked["name"], taken), "unit": unit}]}


def _split(asked: Mapping[str, Any], taken: Collection[str], names_of: Mapping[str, str]) -> Plan:
    old, used, new = asked["old"], set(taken), []
    for name in asked["names"]:
        same = name.lower() == names_of.get(old, "").lower()
        code = old if same else code_of(name, used)
        used.add(code)
        new.append({"code": code, "unit": {} if same else {"name": name}})
    return {"old": [old], "new": new}


def _end(asked: Mapping[str, Any], _taken: Collection[str], _names: Mapping[str, str]) -> Plan:
    return {"old": asked["old"]} | ({"into": asked["into"]} if asked["into"] else {})


_MAKERS = {
    Step.CREATE: _create,
    Step.RENAME: _rename,
    Step.MOVE: _move,
    Step.MERGE: _merge,
    Step.SPLIT: _split,
    Step.CLOSE: _end,
}


def told(plan: Mapping[str, Any], names_of: Mapping[str, str], posts: Mapping[str, str]) -> Iterator[Line]:
    """Every entry of a plan in words. ``names_of`` gives units by code, ``posts`` posts by id; what is not
    known is told by its code. Seats are told as one line for each unit that they go to."""
    known = dict(names_of) | new_units(plan)
    for number, step in enumerate(plan.get("steps") or []):
        yield Line("steps", number, _step(step, known, names_of))
    for number, seats in enumerate(plan.get("new_seats") or []):
        post = posts.get(str(seats.get("post")), _("jabatan yang tidak dikenal"))
        count = seats.get("count") or 1
        text = ngettext(
            "%(count)s posisi %(post)s di %(unit)s", "%(count)s posisi %(post)s di %(unit)s", count
        )
        yield Line(
            "new_seats", number, text % {"count": count, "post": post, "unit": _of(seats.get("unit"), known)}
        )
    moved: dict[str, int] = {}
    for seat in plan.get("seats") or []:
        moved[_goal(seat)] = moved.get(_goal(seat), 0) + 1
    for number, (unit, count) in enumerate(moved.items()):
        if unit == _STAYS:
            text = ngettext(
                "%(count)s posisi tidak memimpin lagi", "%(count)s posisi tidak memimpin lagi", count
            )
            yield Line("seats", number, text % {"count": count})
        elif unit:
            text = ngettext("%(count)s posisi ke %(unit)s", "%(count)s posisi ke %(unit)s", count)
            yield Line("seats", number, text % {"count": count, "unit": _of(unit, known)})
        else:
            text = ngettext("%(count)s posisi ditutup", "%(count)s posisi ditutup", count)
            yield Line("seats", number, text % {"count": count})


def _of(code: Any, known: Mapping[str, str]) -> str:
    return known.get(str(code), str(code))


def _step(step: Mapping[str, Any], known: Mapping[str, str], before: Mapping[str, str]) -> str:
    unit = step.get("unit") or {}
    new = list(step.get("new") or [])
    first = (new[0].get("unit") or {}) if new else {}
    said = {
        "old": names([_of(code, before if code in before else known) for code in step.get("old") or []]),
        "new": names([_of(item.get("code"), known) for item in new]),
        "name": unit.get("name", ""),
        "parent": _of(unit.get("parent") or first.get("parent") or "", known),
        "into": _of(step.get("into") or "", known),
    }
    kind = step.get("step")
    if kind == Step.CLOSE.value and not step.get("into"):
        return _("Tutup %(old)s; tujuan setiap posisinya ditentukan satu per satu") % said
    sentences = {
        Step.CREATE.value: _("Bentuk %(new)s di bawah %(parent)s"),
        Step.RENAME.value: _("Ganti nama %(old)s menjadi %(name)s"),
        Step.MOVE.value: _("Pindahkan %(old)s ke bawah %(parent)s"),
        Step.MERGE.value: _("Gabungkan %(old)s menjadi %(new)s"),
        Step.SPLIT.value: _("Pecah %(old)s menjadi %(new)s"),
        Step.CLOSE.value: _("Tutup %(old)s, posisinya diteruskan ke %(into)s"),
    }
    return sentences.get(str(kind), _("Langkah yang tidak dikenal")) % said


def heirs(plan: Mapping[str, Any]) -> dict[str, str]:
    """To which unit go the seats of a unit that ends, as long as nothing is said of them; the code of itself
    where it goes on. Units whose seats need a word each are left out."""
    found: dict[str, str] = {}
    for step in plan.get("steps") or []:
        new = [str(item["code"]) for item in step.get("new") or []]
        old = [str(code) for code in step.get("old") or []]
        if step.get("step") == Step.MERGE.value and new:
            found |= dict.fromkeys(old, new[0])
        elif step.get("step") == Step.CLOSE.value and step.get("into"):
            found |= dict.fromkeys(old, str(step["into"]))
        elif step.get("step") == Step.SPLIT.value:
            found |= {code: code for code in old if code in new}
    return found


def beside(plan: Mapping[str, Any], code: str) -> list[str]:
    """The other units whose seats may go to the same unit."""
    named = emptied(plan)
    return [other for other, targets in named.items() if other != code and set(targets) & set(named[code])]


def emptied(plan: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Units whose seats go elsewhere, with the units that they may go to; none where no heir is named."""
    found: dict[str, tuple[str, ...]] = {}
    for step in plan.get("steps") or []:
        new = tuple(str(item["code"]) for item in step.get("new") or [])
        heir = (str(step["into"]),) if step.get("into") else ()
        if step.get("step") in (Step.SPLIT.value, Step.MERGE.value, Step.CLOSE.value):
            found |= {str(code): new or heir for code in step.get("old") or []}
    return found
