"""The site's policy: whose countersignatures count, as its file says now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pamong.ledger.sequencer.places import POLICY
from pamong.ledger.tree.errors import PolicyError
from pamong.ledger.tree.policy import Policy

_UNREADABLE = "Berkas kebijakan saksi '{}' tidak dapat dibaca. Minta operator sistem memeriksanya."


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """The policy, or why there is none: ``fault`` is a sentence, '' where the site simply has no file."""

    policy: Policy | None
    fault: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The witnesses that count, in the order of the file."""
        return tuple(self.policy.witnesses) if self.policy else ()


def site_policy() -> SitePolicy:
    """What the file says now."""
    path = Path(settings.PAMONG_LEDGER) / POLICY
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return SitePolicy(None)
    except OSError:
        return SitePolicy(None, _UNREADABLE.format(path))
    return _read(path, stamp)


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> SitePolicy:
    try:
        return SitePolicy(Policy.parse(path.read_bytes()))
    except OSError:
        return SitePolicy(None, _UNREADABLE.format(path))
    except PolicyError as error:
        return SitePolicy(None, str(error))
