"""Whether the blueprint of a programme came in a newer version, and what taking it on would change."""

from dataclasses import dataclass
from typing import Any

from alongside.blueprints.asking import renamed
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.differences import Difference, differences, value_at
from alongside.blueprints.library import shipped
from alongside.blueprints.rules import Rules
from alongside.programmes.models import Programme, rules_under
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
    """Return the newer version of the blueprint a programme runs by; None where there is none that says otherwise."""
    name, _, version = programme.blueprint.partition("@")
    blueprint = shipped().get(name)
    known = programme.blueprint_fingerprint
    if blueprint is None or not known or blueprint.file.version <= int(version):
        return None
    keys = {key: key_for(each, programme.organisation_id) for key, each in blueprint.questionnaires.items()}
    base, there = rules_under(known), renamed(blueprint.rules, keys)
    changes = [_change(each, base, programme.rules) for each in differences(base, there)]
    return Newer(blueprint, changes) if changes else None


def _change(difference: Difference, base: Rules, now: Rules) -> Change:
    here = value_at(now, difference.path)
    return Change(difference, here, here != value_at(base, difference.path))
