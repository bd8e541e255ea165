"""What the values of a law say, kept when it is put in force: the next change then tells what it changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import Any

from pamong.documents import store
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.clock import format_date
from pamong.law.engine.parameters import Dated, Parameter
from pamong.law.engine.plan import Law
from pamong.law.engine.show import show_parameter

# By the key of a value: its title, and by the day from which it holds its last day, words and digest.
Values = Mapping[str, Any]
_NONE = "belum ada"


def values_of(law: Law) -> Values:
    """Every value of a law through time, in words and with a digest of what it is."""
    return {key: _told(parameter) for key, parameter in law.parameters.items()}


def keep(values: Values) -> str:
    """Keep the values of what is put in force; the hash under which they are found."""
    return store.keep(canonical_json(values)).sha256


def find(sha256: str) -> Values | None:
    """The values that were kept; None where none were, or they are lost."""
    if not sha256:
        return None
    try:
        found: Values = json.loads(store.read(sha256))
    except store.FileLost:
        return None
    return found


def changes(before: Values, now: Values) -> Iterator[str]:
    """Which value changes from what into what, and from when, a sentence each."""
    for key in sorted({*before, *now}):
        old, new = before.get(key, {}), now.get(key, {})
        title = new.get("title") or old["title"]
        was, becomes = old.get("from", {}), new.get("from", {})
        for since in sorted({*was, *becomes}):
            if was.get(since) != becomes.get(since):
                yield f"{title} ({key}), mulai {_day(since)}: {_step(was.get(since), becomes.get(since))}"


def _told(parameter: Parameter) -> Mapping[str, Any]:
    starts = {each.since for each in parameter.history}
    dated = {each.since.isoformat(): _value(parameter, each, starts) for each in parameter.history}
    return {"title": parameter.title, "from": dated}


def _value(parameter: Parameter, dated: Dated, starts: Set[date]) -> Mapping[str, Any]:
    """``before``: where it ends without another value that follows."""
    ends = dated.before is not None and dated.before not in starts
    return {
        "before": dated.before.isoformat() if dated.before and ends else None,
        "words": show_parameter(parameter, dated),
        "digest": sha256_hex(repr(dated.value).encode()),
        "evidence": dated.evidence.label,
    }


def _step(was: Mapping[str, Any] | None, becomes: Mapping[str, Any] | None) -> str:
    """``30 hari menjadi 10 hari``; what differs otherwise is named."""
    if was is None or becomes is None:
        words = [each["words"] if each else _NONE for each in (was, becomes)]
        return f"{words[0]} menjadi {words[1]}" if becomes else f"{words[0]}, dihapus"
    if was["words"] != becomes["words"]:
        return f"{was['words']} menjadi {becomes['words']}"
    if was["digest"] != becomes["digest"]:
        return f"{becomes['words']}, isinya berubah"
    if was["before"] != becomes["before"]:
        return f"{becomes['words']}, masa berlakunya berubah"
    return f"{becomes['words']}, buktinya {was['evidence']} menjadi {becomes['evidence']}"


def _day(since: str) -> str:
    return format_date(date.fromisoformat(since))
