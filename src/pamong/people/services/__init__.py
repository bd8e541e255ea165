"""Acts on people: entered by one and decided by another, or put on a basis that stands."""

from pamong.people.selecting import derive_selections
from pamong.people.services.acts import (
    appoint,
    create_person,
    end_service,
    is_built_upon,
    put,
    put_decided,
    undo_decided,
)
from pamong.people.services.decided import (
    appoint_decided,
    leave_posts_decided,
    taken_since,
    unseat_decided,
)
from pamong.people.services.entries import (
    Entered,
    decide,
    enter,
    may_decide,
    preview,
    preview_entry,
    withdraw,
)
from pamong.people.services.erasing import decide_erasure, propose_erasure
from pamong.people.services.evidence import add_evidence, check_item
from pamong.people.services.linking import link_user
from pamong.people.services.planning import SubjectUnknown
from pamong.people.services.showing import Preview, Shift, ShownRow

__all__ = [
    "Entered",
    "Preview",
    "Shift",
    "ShownRow",
    "SubjectUnknown",
    "add_evidence",
    "appoint",
    "appoint_decided",
    "check_item",
    "create_person",
    "decide",
    "decide_erasure",
    "derive_selections",
    "end_service",
    "enter",
    "is_built_upon",
    "leave_posts_decided",
    "link_user",
    "may_decide",
    "preview",
    "preview_entry",
    "propose_erasure",
    "put",
    "put_decided",
    "taken_since",
    "undo_decided",
    "unseat_decided",
    "withdraw",
]
