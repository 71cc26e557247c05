"""A programme is started from a blueprint, or follows a newer version of the one it was started from."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alongside.blueprints.asking import renamed
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.differences import Difference, applied
from alongside.blueprints.rules import Rules
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.actions import change_rules, note_blueprint, start_programme
from alongside.programmes.models import Cohort, Programme
from alongside.questionnaires.actions import bring_in


@transaction.atomic
def start_from_blueprint(
    blueprint: Blueprint, organisation: Organisation, *, name: str, by: Person | None, at: datetime
) -> Programme:
    """Start a programme that runs as a blueprint says; its questionnaires become the organisation's."""
    rules = _at_home(blueprint, organisation, by=by, at=at)
    return start_programme(
        organisation, name=name, summary=blueprint.file.summary, rules=rules, blueprint=blueprint.name, by=by, at=at
    )


@transaction.atomic
def follow_blueprint(
    programme: Programme,
    blueprint: Blueprint,
    chosen: Iterable[Difference],
    *,
    cohorts: Iterable[Cohort],
    by: Person,
    at: datetime,
) -> None:
    """Take on what was chosen of a newer version of a programme's blueprint; the rest stays as it is.

    :raises FaultsFound: if the chosen rules do not fit together with those that stay.
    """
    there = _at_home(blueprint, programme.organisation, by=by, at=at)
    change_rules(programme, applied(programme.rules, chosen), cohorts=cohorts, by=by, at=at)
    note_blueprint(programme, blueprint.name, there, by=by, at=at)


def _at_home(blueprint: Blueprint, organisation: Organisation, *, by: Person | None, at: datetime) -> Rules:
    names = {
        name: bring_in(organisation, definition, by=by, at=at) for name, definition in blueprint.questionnaires.items()
    }
    return renamed(blueprint.rules, names)
