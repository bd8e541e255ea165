"""Who goes along on a duty letter, chosen by name: words are typed, those who fit are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance import policies, queries
from pamong.people import queries as people
from pamong.web import render
from pamong.web.organisation.picking import FEW, SEARCH, Option, Picker, PickManyField
from pamong.web.shapes import uid_of

PEOPLE = "pegawai"
_MOST = 300  # people who are ticked by name for one letter


class MembersField(PickManyField):
    """Several people by their ids."""

    def to_python(self, value: Any) -> Any:
        """The ids, each once; what is none is left out. ``ValidationError`` for too many."""
        found = [each for each in super().to_python(value) if uid_of(each)]
        if len(found) > _MOST:
            told = _(
                "Pegawai: dicentang %(count)s orang, paling banyak %(most)s. Hapus %(over)s centang, atau "
                "tulis sisanya menurut NIP."
            )
            raise ValidationError(told % {"count": len(found), "most": _MOST, "over": len(found) - _MOST})
        return found


@require_safe
@login_required
def pick(request: ActingRequest) -> HttpResponse:
    """Those who were chosen, and who fits the typed words."""
    require(request.actor, policies.ENTER)
    return render(request, "organisation/options.html", {"picker": picker(request, "persons", request.GET)})


def picker(request: ActingRequest, name: str, data: Mapping[str, Any]) -> Picker:
    """One field of several people, of those for whom the actor enters letters."""
    given = data.getlist(name) if isinstance(data, QueryDict) else []
    chosen = [uid for each in dict.fromkeys(given) if (uid := uid_of(each))]
    typed = str(data.get(f"{SEARCH}_{name}", "")).strip()[:100]
    options: dict[str, Option] = {}
    for member in queries.list_members(actor=request.actor, at=request.at, persons=chosen):
        options[str(member.uid)] = Option(str(member.uid), member.name, member.unit)
    found = people.find_people(
        actor=request.actor, at=request.at, on=request.actor.on, words=typed, most=FEW,
        permission=policies.ENTER,
    )  # fmt: skip
    stay = tuple(options)
    for each in found:
        options.setdefault(str(each.uid), Option(str(each.uid), each.full_name, each.unit))
    return Picker(name, PEOPLE, True, typed, stay, tuple(options.values()))
