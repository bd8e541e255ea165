"""What the browser tests' site holds: one invented person for each role, all with the same password, and a
small month that is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pamong.access import services
from pamong.access.roles import GRANTABLE, HELD
from pamong.kernel.actor import Actor
from tests.support.careers import build_careers
from tests.support.city import City, build_city
from tests.support.desk import build_desk
from tests.support.month import LATE, MORNING, TODAY, Month, make_month
from tests.support.owed import build_owed
from tests.support.paylists import build_pay_lists
from tests.support.presence import build_presence

PASSWORD = "sembilan-burung-enggang"
CAREFUL = "careful"  # the one who sets up a second factor, and so signs in otherwise than the others
SECOND_OPERATOR = "second_operator"
SECOND_OFFICER = "second_officer"
FORGETFUL = "forgetful"  # whose password is made anew

NAMES = {
    "employee": "Suparman",
    "superior": "Bernadeta Mariana Hurek, S.Sos., M.A.P.",
    "unit_clerk": "Yohana Tandi Arung, A.Md.",
    "personnel_officer": "Muhammad Rizki Ananda, S.Kom.",
    "treasury": "Lidwina Mandagi, S.E.",
    "appointing_official": "Hj. Ratna Dewi Kusumawati, S.H.",
    "inspector": "I Gusti Made Arsana, Ak.",
    "pay_auditor": "dr. Ni Luh Ayu Kartika, Sp.A.",
    "system_operator": "Hendra Gunawan Sitompul, S.T.",
}


@dataclass(frozen=True)
class World:
    """What pages' arguments are made from. A user's name is the role that he holds."""

    names: dict[str, str]
    month: Month
    city: City


def build_world() -> World:
    """Make the accounts and compute a small month, as the operator of the command line."""
    city = build_accounts()
    operator = Actor.operator("uji", TODAY)
    make_account(operator, SECOND_OPERATOR, "system_operator", "Petrus Kanisius Lado, S.Kom.")
    make_account(operator, SECOND_OFFICER, "personnel_officer", "Fitri Handayani, S.E.")
    make_account(operator, FORGETFUL, "employee", "Siti Rahmah")
    build_presence(city, operator, MORNING)
    month = make_month(operator)
    city.desk.update((sort, made["dinkes"]) for sort, made in build_pay_lists(city.ids["mate"]).items())
    city.desk.update((sort, made["own"]) for sort, made in build_owed({"own": month.slips[LATE]}).items())
    return World(NAMES, month, city)


def build_accounts() -> City:
    """Make an account for each role through the services, and the city in which some of them have a seat."""
    operator = Actor.operator("uji", TODAY)
    for role in HELD:
        make_account(operator, role, role, NAMES[role])
    make_account(operator, CAREFUL, "employee", "Maria Goreti Lamawuran")
    city = build_city(TODAY)
    build_careers(city, TODAY)
    city.desk.update(build_desk(city))
    return city


def make_account(operator: Actor, username: str, role: str, name: str) -> None:
    """An account with a role over the whole government, or over the health office for its clerk."""
    services.create_user(actor=operator, at=MORNING, username=username, display_name=name, password=PASSWORD)
    if role not in GRANTABLE:
        return  # it follows from the person and his seat
    services.grant_role(
        actor=operator,
        at=MORNING,
        username=username,
        role=role,
        unit_path="dinkes" if role == "unit_clerk" else "",
        start_on=date(2026, 1, 1),
        reason="uji",
    )
