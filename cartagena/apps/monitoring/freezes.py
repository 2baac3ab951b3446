"""Makes, lists and checks named freezes."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from cartagena.apps.monitoring.facts import read_facts_of
from cartagena.apps.monitoring.models import Freeze, FreezeItem
from cartagena.apps.registry.api import live_versions, lock_log, published_after
from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import Facts
from cartagena.engine.freeze import cut_facts, facts_hash
from cartagena.engine.record_type import load_record_types

LATE = "Published after the cut-off."
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class FreezeRefusedError(ValueError):
    """A freeze cannot be made; the message holds every reason."""


class FreezeNotFoundError(LookupError):
    """There is no freeze of that name; the message lists those that are."""


@dataclass(frozen=True)
class FreezeCheck:
    """Whether the facts of a freeze still have the hash they had."""

    name: str
    expected: str
    found: str

    @property
    def is_intact(self) -> bool:
        """True when nothing changed."""
        return self.expected == self.found


def create_freeze(
    name: str,
    *,
    cut_off: dt.date,
    now: dt.datetime,
    reason: str = "",
    exclude: Mapping[str, str] | None = None,
) -> Freeze:
    """Freeze what was public at the end of a day; ``exclude`` maps identifiers to reasons.

    Treaty status, groups and usage have days of their own: of them what is live now is taken, and
    cut at the day. What was published later is listed as left out. Raises FreezeRefusedError with
    every problem.
    """
    exclude = exclude or {}
    with transaction.atomic():
        head = lock_log()
        items = _choose(cut_off, exclude)
        _check(name, cut_off, now, exclude, items)
        included = [version_id for version_id, _, why in items if not why]
        freeze = Freeze.objects.create(
            name=name,
            cut_off=cut_off,
            created_at=now,
            reason=reason,
            facts_sha256=facts_hash(_build(included, cut_off)),
            log_position=head.position,
            item_count=len(items),
        )
        FreezeItem.objects.bulk_create(
            [
                FreezeItem(freeze=freeze, version_id=version_id, included=not why, reason=why)
                for version_id, _, why in items
            ],
            batch_size=5_000,
        )
    return freeze


def _choose(cut_off: dt.date, exclude: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """(version, identifier of its record, why it is left out or nothing)."""
    own_days = [
        name
        for name, declared in load_record_types().items()
        if declared.rows_of in ("treaty", "membership", "usage")
    ]
    of_the_day = live_versions(cut_off).exclude(record__type__in=own_days)
    now_live = live_versions().filter(record__type__in=own_days)
    late = published_after(cut_off).exclude(record__type__in=own_days)
    chosen = [
        (version_id, identifier, exclude.get(identifier, ""))
        for found in (of_the_day, now_live)
        for version_id, identifier in found.values_list("pk", "record__identifier")
    ]
    chosen += [
        (version_id, identifier, LATE)
        for version_id, identifier in late.values_list("pk", "record__identifier")
    ]
    return sorted(chosen)


def _check(
    name: str,
    cut_off: dt.date,
    now: dt.datetime,
    exclude: Mapping[str, str],
    items: list[tuple[int, str, str]],
) -> None:
    problems = []
    if not _NAME.fullmatch(name):
        problems.append(f"{name!r} is no name: use small letters, digits and hyphens, at most 60.")
    elif Freeze.objects.filter(name=name).exists():
        problems.append(f"There is a freeze {name} already, and a freeze never changes.")
    if cut_off > now.date():
        problems.append(f"The cut-off {cut_off} is in the future.")
    there = {identifier for _, identifier, why in items if why != LATE}
    for identifier, why in exclude.items():
        if identifier not in there:
            problems.append(f"{identifier} was not public on {cut_off}, so it cannot be left out.")
        if not why.strip():
            problems.append(f"Say why {identifier} is left out.")
    if problems:
        raise FreezeRefusedError("\n".join(problems))


def list_freezes() -> QuerySet[Freeze]:
    """All freezes, newest first, with ``included`` and ``excluded``: numbers of versions."""
    return Freeze.objects.annotate(
        included=Count("items", filter=Q(items__included=True)),
        excluded=Count("items", filter=Q(items__included=False)),
    ).order_by("-created_at", "-pk")


def get_freeze(name: str) -> Freeze:
    """A freeze by name. Raises FreezeNotFoundError."""
    found = list_freezes().filter(name=name).first()
    if found is None:
        names = ", ".join(Freeze.objects.order_by("name").values_list("name", flat=True))
        raise FreezeNotFoundError(
            f"There is no freeze {name!r}. "
            + (f"There are: {names}." if names else "None is made.")
        )
    return found


def list_left_out(freeze: Freeze) -> QuerySet[FreezeItem]:
    """The versions a freeze leaves out, with their records and the reasons."""
    left_out = FreezeItem.objects.filter(freeze=freeze, included=False)
    return left_out.select_related("version__record").order_by("version_id")


def freeze_facts(name: str) -> Facts:
    """The facts of a freeze, read from the stored versions."""
    freeze = get_freeze(name)
    items = FreezeItem.objects.filter(freeze=freeze, included=True)
    return _build(list(items.values_list("version_id", flat=True)), freeze.cut_off)


def freeze_evaluator(name: str) -> Evaluator:
    """The evaluator over a freeze, looking from its cut-off."""
    freeze = get_freeze(name)
    return _evaluator_of(freeze.name, freeze.facts_sha256, freeze.cut_off)


@lru_cache(maxsize=4)
def _evaluator_of(name: str, _sha256: str, cut_off: dt.date) -> Evaluator:
    """Kept by name and hash: a freeze never changes."""
    return Evaluator(freeze_facts(name), as_of=cut_off)


def verify_freeze(name: str) -> FreezeCheck:
    """Compute the hash of a freeze again from the stored versions."""
    freeze = get_freeze(name)
    return FreezeCheck(name, freeze.facts_sha256, facts_hash(freeze_facts(name)))


def _build(version_ids: list[int], cut_off: dt.date) -> Facts:
    return cut_facts(read_facts_of(version_ids), cut_off)
