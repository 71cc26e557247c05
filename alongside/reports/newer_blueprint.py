"""Whether the blueprint of a programme came in a newer version, and what taking it on would change."""

from dataclasses import dataclass
from typing import Any

from alongside.blueprints.asking import renamed
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.differences import Difference, differences, value_at
from alongside.blueprints.library import shipped
from alongside.blueprints.rules import Rules
from alongside.programmes.models import Programme, RuleBook
from alongside.questionnaires.queries import key_for


@dataclass(frozen=True)
class Change:
    """Something that is otherwise in the newer version; ``own`` where the programme had changed it for itself."""

    difference: Difference
    now: Any
    own: bool


@dataclass(frozen=True)
class Newer:
    """A newer version of a programme's blueprint, with what differs from the version it was started from."""

    blueprint: Blueprint
    changes: list[Change]


def newer_for(programme: Programme) -> Newer | None:
    """Return the newer version of the blueprint a programme runs by; None where there is none."""
    name, _, version = programme.blueprint.partition("@")
    blueprint = shipped().get(name)
    if blueprint is None or blueprint.file.version <= int(version or 0):
        return None
    keys = {key: key_for(each, programme.organisation_id) for key, each in blueprint.questionnaires.items()}
    base, there = _base(programme), renamed(blueprint.rules, keys)
    return Newer(blueprint, [_change(each, base, programme.rules) for each in differences(base, there)])


def _base(programme: Programme) -> Rules:
    """Return the rules as they came with the version of the blueprint that the programme runs by."""
    books = RuleBook.objects.filter(programme=programme, blueprint=programme.blueprint).order_by("made_at", "pk")
    return Rules.model_validate(books[0].table)


def _change(difference: Difference, base: Rules, now: Rules) -> Change:
    here = value_at(now, difference.path)
    return Change(difference, here, here != value_at(base, difference.path))
