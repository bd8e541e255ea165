"""What is worked out for everybody at once is what each is shown: every role × all that waits in the city."""

from __future__ import annotations

from pamong.access.models import User
from pamong.access.queries import actor_for, actors_of
from pamong.attendance.queries import (
    LETTERS,
    MUSTERS,
    PERMITS,
    count_outages_to_confirm,
    list_waits,
    papers,
)
from pamong.decisions.queries import Turns, count_by_reader, count_inbox
from pamong.kernel.actor import Actor
from pamong.leave.queries import LEAVES, LISTS
from tests.support.month import MORNING, TODAY
from tests.support.rights import Rights

REGISTERS = [LEAVES, LISTS, LETTERS, PERMITS, MUSTERS]
OPERATOR = Actor.operator("uji", TODAY)


def test_many_accounts_act_as_each_of_them_does(rights: Rights) -> None:
    users = list(User.objects.all())
    together = actors_of(users, TODAY)
    assert len(users) > 20
    assert {user.pk: actor_for(user, TODAY) for user in users} == together


def test_what_waits_for_everybody_is_what_waits_for_each(rights: Rights) -> None:
    readers = [actor for actor in actors_of(list(User.objects.all()), TODAY).values() if actor.user_id]
    waits = list_waits(actor=OPERATOR, readers=readers, known_since=MORNING)
    decisions = count_by_reader(actor=OPERATOR, readers=readers, at=MORNING)
    documents = papers.count_by_reader(REGISTERS, actor=OPERATOR, readers=readers)
    some: set[str] = set()
    for each in readers:
        assert each.user_id is not None
        found = waits[each.user_id]
        assert decisions.get(each.user_id, Turns()) == count_inbox(actor=each, at=MORNING), each.name
        assert found.outages == count_outages_to_confirm(actor=each), each.name
        decides = sum(papers.count_to_decide(REGISTERS, actor=each))
        assert documents.get(each.user_id, 0) == decides, each.name
        some |= {"decisions"} if each.user_id in decisions else set()
        some |= {"outages"} if found.outages else set()
        some |= {"documents"} if decides else set()
    assert some == {"decisions", "outages", "documents"}
