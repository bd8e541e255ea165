"""Acts on the organisation: each is atomic, allowed over a path of units, and tells the ledger."""

from pamong.organisation.holders import derive_holders, derive_kin
from pamong.organisation.reorganising.preview import LineFate, NeedFate, Preview, SeatFate, Shift, UnitFate
from pamong.organisation.services.lines import set_default_lines, set_line
from pamong.organisation.services.proposals import (
    Proposed,
    Told,
    approve_proposal,
    preview_act,
    preview_proposal,
    propose_act,
    refuse_proposal,
    withdraw_proposal,
)
from pamong.organisation.services.rehearsing import rehearse
from pamong.organisation.services.reorganisations import (
    adopt_reorganisation,
    change_draft,
    draft_reorganisation,
    preview_reorganisation,
    withdraw_draft,
    withdraw_reorganisation,
)
from pamong.organisation.services.replaying import Asked
from pamong.organisation.services.seats import (
    SeatSpec,
    add_seats,
    change_seat,
    close_seat,
    create_post,
    create_seats,
    freeze_seat,
    rescind_seat,
    unfreeze_seat,
)
from pamong.organisation.services.units import (
    change_unit,
    close_unit,
    correct_unit,
    create_site,
    create_unit,
    create_units,
    rebuild_places,
    rescind_unit,
    rescind_unit_row,
)
from pamong.organisation.services.workload import set_workload, set_workloads
from pamong.organisation.values import NewUnit

__all__ = [
    "Asked",
    "LineFate",
    "NeedFate",
    "NewUnit",
    "Preview",
    "Proposed",
    "SeatFate",
    "SeatSpec",
    "Shift",
    "Told",
    "UnitFate",
    "add_seats",
    "adopt_reorganisation",
    "approve_proposal",
    "change_draft",
    "change_seat",
    "change_unit",
    "close_seat",
    "close_unit",
    "correct_unit",
    "create_post",
    "create_seats",
    "create_site",
    "create_unit",
    "create_units",
    "derive_holders",
    "derive_kin",
    "draft_reorganisation",
    "freeze_seat",
    "preview_act",
    "preview_proposal",
    "preview_reorganisation",
    "propose_act",
    "rebuild_places",
    "refuse_proposal",
    "rehearse",
    "rescind_seat",
    "rescind_unit",
    "rescind_unit_row",
    "set_default_lines",
    "set_line",
    "set_workload",
    "set_workloads",
    "unfreeze_seat",
    "withdraw_draft",
    "withdraw_proposal",
    "withdraw_reorganisation",
]
