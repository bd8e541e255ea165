"""What comes next for a list of payment, and whether the actor may do it: for pages and for counts."""

from __future__ import annotations

from pamong.access.policies import Answer
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import PathState, StepKind
from pamong.pay.models import PayList
from pamong.pay.path import reach
from pamong.pay.path.shapes import Next

_NEXT = {
    PathState.VERIFIED: (StepKind.CHECKED, policies.CHECK),
    PathState.CHECKED: (StepKind.SUBMITTED, policies.SUBMIT),
    PathState.SUBMITTED: (StepKind.PAID, policies.TREASURY),
}
# What it takes for any step of the path.
RIGHTS = (policies.PREPARE, policies.SIGN, *(right for _, right in _NEXT.values()))


def next_of(actor: Actor, row: PayList, path: str) -> Next | None:
    """What comes next, and whether the actor may do it: by his rights over the list's unit, and as another
    person. None for a list that is paid."""
    if row.state == PathState.PAID.value:
        return None
    if row.state == PathState.COMPUTED.value:
        entered = reach.is_begun(row)
        step = StepKind.SIGNED if entered else StepKind.ENTERED
        permission = policies.SIGN if entered else policies.PREPARE
    else:
        step, permission = _NEXT[PathState(row.state)]
    answer = policies.may_over(actor, permission, path)
    if answer and row.people == 0:
        answer = Answer(False, "Tidak ada yang dibayar pada daftar ini.")
    parts = {StepKind.SIGNED: {row.entered_by_id}, StepKind.CHECKED: {row.entered_by_id, row.signed_by_id}}
    if answer and actor.user_id in parts.get(step, set()):
        answer = Answer(False, "Langkah ini untuk orang lain, karena Anda melakukan langkah sebelumnya.")
    if answer and actor.user_id is None:
        answer = Answer(False, "Masuk dengan akun Anda sendiri.")
    return Next(step, answer, permission)
