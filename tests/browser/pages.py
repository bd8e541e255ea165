"""Every page: who sees it, and how its arguments are found. A page without an entry fails a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pamong.access.roles import GRANTABLE
from tests.browser.world import World

EVERYONE = frozenset(GRANTABLE)
STRANGER = ""  # not signed in
OPERATOR = frozenset({"system_operator"})


@dataclass(frozen=True)
class Page:
    """A page of one URL name. ``roles`` see it, all others are refused; ``visit_as`` are those of them whose
    view is photographed, '' for all. ``args`` fills the path from what the test site holds."""

    name: str
    roles: frozenset[str] = EVERYONE
    visit_as: tuple[str, ...] = ()
    args: Callable[[World], tuple[object, ...]] = lambda world: ()
    query: str = ""

    def visitors(self) -> frozenset[str]:
        """The roles whose view is photographed."""
        return frozenset(self.visit_as) if self.visit_as else self.roles


PAGES = (
    Page("account_login", roles=frozenset({STRANGER})),
    Page("account_inactive", roles=frozenset({STRANGER})),
    Page("home"),
    Page("profile", visit_as=("employee", "system_operator")),
    Page("account_change_password", visit_as=("employee",)),
    Page("account_reauthenticate", visit_as=("employee",)),
    Page("account_logout", visit_as=("employee",)),
    Page("gallery", roles=OPERATOR),
    Page("gallery_explanation", roles=OPERATOR),
)

# Pages that need steps before them: the journey that looks at each.
IN_JOURNEYS = {
    "mfa_activate_totp": "test_second_factor",
    "mfa_authenticate": "test_second_factor",
    "mfa_reauthenticate": "test_second_factor",
    "mfa_deactivate_totp": "test_second_factor",
    "mfa_view_recovery_codes": "test_second_factor",
    "mfa_generate_recovery_codes": "test_second_factor",
}

# Addresses that are no pages, and why.
NO_PAGES = {
    "theme": "takes a form and goes back",
    "set_language": "takes a form and goes back",
    "mfa_index": "leads to the profile",
}
