"""A panel is appointed by a decision, and filled up by another where members stand aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.queries import own_seat
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.law import merit as law
from pamong.ledger import services as ledger
from pamong.ledger.sql import fetch
from pamong.merit import events, gates, models, policies, relations, standing
from pamong.merit.choices import Source
from pamong.merit.verifying import verify_step

CODE = "merit.panel"
_DAYS = 7
_ACCOUNTS = """
SELECT u.id, u.uid, u.display_name, p.id FROM access_user u LEFT JOIN people_person p ON p.user_id = u.id
WHERE u.uid = ANY(%(uids)s) AND u.is_active
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is to sit on a panel: his account, and the person behind it, if there is one."""

    user: int
    person: int | None
    name: str
    source: Source
    chair: bool
    no_party: bool


def vacancy_in(case: Case) -> models.Vacancy:
    """The vacancy of a case. ``VacancyNotFound``."""
    return standing.vacancy_of(UUID(case.content["vacancy"]))


def named_in(case: Case) -> list[Named]:
    """Who is named, in the order of the list. ``ContentUnfit`` for an account that is not there."""
    asked = case.content["members"]
    rows = fetch(_ACCOUNTS, {"uids": [UUID(each["user"]) for each in asked]})
    known = {str(uid): (user, name, person) for user, uid, name, person in rows}
    found = []
    for each in asked:
        if each["user"] not in known:
            raise ContentUnfit("Akun anggota ini tidak ada atau tidak aktif. Pilih dari daftar.", "members")
        user, name, person = known[each["user"]]
        found.append(Named(user, person, name, Source(each["source"]), each["chair"], each["no_party"]))
    return found


def _require(actor: Actor, _case: Case) -> None:
    access.require_whole(actor, policies.PANEL)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    vacancy = standing.vacancy_of(UUID(str(content["vacancy"])))
    standing.require_step(vacancy, "", "announced", "closed")
    members = [
        {
            "user": str(UUID(str(each["user"]))), "source": Source(each["source"]).value,
            "chair": bool(each.get("chair")), "no_party": bool(each.get("no_party")),
        }
        for each in content.get("members") or ()
    ]  # fmt: skip
    if not members:
        raise ContentUnfit("Pilih anggota panitianya.", "members")
    if len({each["user"] for each in members}) < len(members):
        raise ContentUnfit("Setiap orang hanya satu kali dalam panitia.", "members")
    made = {"vacancy": str(vacancy.uid), "members": members}
    there = {member.user_id for member in standing.panel_of(vacancy)}
    if any(each.user in there for each in named_in(case.with_content(made))):
        raise ContentUnfit("Seorang di antaranya sudah menjadi anggota panitia ini.", "members")
    return made


def _steps(case: Case) -> Sequence[Step]:
    """Who is to sit on it does not look at it himself."""
    signer = Address(permission=policies.APPOINT)
    sign = Step("sign", Part.SIGN, "Pejabat Pembina Kepegawaian", signer, days=_DAYS)
    return (verify_step(case, vacancy_in(case).seat_id, [each.person for each in named_in(case)]), sign)


def _gates(case: Case) -> Sequence[Gate]:
    return tuple(_each(case, vacancy_in(case), named_in(case)))


def _each(case: Case, vacancy: models.Vacancy, named: Sequence[Named]) -> Iterator[Gate]:
    left = standing.scorers(vacancy)
    yield size_gate(vacancy, len(left) + len(named), case)
    yield _chair(case, left, named)
    yield _party(case, named)
    yield from conflict_gates(vacancy, [each.person for each in named if each.person], case)


def size_gate(vacancy: models.Vacancy, size: int, case: Case) -> Gate:
    """Whether so many members are a panel."""
    title = "Jumlah anggota"
    wrong = size_problems(vacancy, size, case)
    fine = f"Jumlah anggota {size}, gasal dan cukup."
    return gates.worst("size", title, [gates.gate("size", title, each) for each in wrong], fine)


def size_problems(vacancy: models.Vacancy, size: int, case: Case) -> Sequence[Any]:
    """What is wrong with a panel of so many members for the post of a vacancy; () for nothing."""
    rules = site_law()
    body = law.panel_body(rules, case.on, vacancy.kind)
    return law.panel_problems(rules, case.on, size=size, body=body or law.PANEL)


def _chair(case: Case, left: Sequence[models.PanelMember], named: Sequence[Named]) -> Gate:
    """One chair, who signs the result from a seat of his own."""
    code, title = "chair", "Ketua"
    chairs = [each.person_id for each in left if each.is_chair]
    chairs += [each.person for each in named if each.chair]
    if len(chairs) != 1:
        text = "Panitia mempunyai tepat satu ketua. Tandai seorang."
        return Gate(code, title, Verdict.BLOCK, text, str(len(chairs)), "1")
    if chairs[0] is None or own_seat(chairs[0], case.on) is None:
        text = "Ketua menandatangani hasil dari jabatannya. Pilih pejabat yang sedang menjabat."
        return Gate(code, title, Verdict.BLOCK, text)
    return Gate(code, title, Verdict.ALLOW, "Ketuanya seorang pejabat yang sedang menjabat.", "1", "1")


def _party(case: Case, named: Sequence[Named]) -> Gate:
    title = "Bukan anggota partai politik"
    found = [
        law.member_problems(site_law(), case.on, party=False if each.no_party else None, kin=())[0]
        for each in named
    ]
    parts = [gates.gate("party", title, each, unknown=Verdict.WARN) for each in found]
    return gates.worst("party", title, parts, "Semuanya menyatakan bukan anggota atau pengurus partai.")


def conflict_gates(vacancy: models.Vacancy, members: Sequence[int], case: Case) -> Iterator[Gate]:
    """Whether who judges is a relative of an applicant, or one himself; one address alone needs a reason."""
    people = [each.row.person_id for each in standing.applicants_of(vacancy)]
    rule = law.find(site_law(), "panel_no_conflict", case.on)
    article = rule.citation.text if rule else ""
    evidence = rule.evidence.value if rule else ""
    kin, homes = relations.kin_conflicts(members, people, case.on)
    told = [" ".join(each.path.sentences) for each in kin]
    told += ["Seorang anggota melamar jabatan ini sendiri." for each in members if each in people]
    if told:
        text = " ".join((*dict.fromkeys(told), "Yang bersangkutan tidak ikut menilai."))
        yield Gate("kin", "Hubungan keluarga", Verdict.BLOCK, text, article=article, evidence=evidence)
    else:
        text = "Tidak ada hubungan keluarga yang tercatat antara panitia dan pelamar."
        yield Gate("kin", "Hubungan keluarga", Verdict.ALLOW, text, article=article, evidence=evidence)
    if homes:
        text = " ".join(sentence for each in homes for sentence in each.path.sentences)
        text += " Satu alamat belum tentu keluarga; tulis apa yang ditanyakan dan jawabannya."
        yield Gate("home", "Alamat yang sama", Verdict.WARN, text, article=article, evidence=evidence)


def _tell(case: Case) -> Told:
    vacancy = vacancy_in(case)
    lines = [Line("Jabatan", vacancy.title)]
    lines += [
        Line("Ketua" if each.chair else "Anggota", f"{each.name} · {each.source.label}")
        for each in named_in(case)
    ]
    return Told(f"Panitia untuk {vacancy.title}", tuple(lines), f"/lowongan/{vacancy.uid}/")


def _apply(signed: Signed) -> None:
    case, vacancy, named = signed.case, vacancy_in(signed.case), named_in(signed.case)
    made = [
        models.PanelMember.objects.create(
            vacancy=vacancy, user_id=each.user, person_id=each.person, name=each.name,
            source=each.source.value, is_chair=each.chair, decision=case.uid, basis_id=signed.basis,
        )
        for each in named
    ]  # fmt: skip
    event = events.PanelAppointed(
        vacancy.uid, vacancy.title, decision=case.uid, members=[each.uid for each in made],
        names=[each.name for each in named],
    )  # fmt: skip
    ledger.record(actor=signed.actor, event=event)


PANEL = Kind(
    code=CODE,
    title="Penetapan panitia",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="decisions:read",
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT, policies.OPEN}),
    apply=_apply,
    public=frozenset({"vacancy"}),
)
