"""A programme as a blueprint: its rules and the questionnaires they ask, to be carried elsewhere."""

from django.utils.text import slugify

from alongside.blueprints.asking import questionnaires_named
from alongside.blueprints.blueprint import Blueprint, BlueprintFile
from alongside.blueprints.library import shipped as blueprints
from alongside.blueprints.rules import Rules
from alongside.programmes.models import Programme
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import newest
from alongside.questionnaires.queries import newest_definition


def as_blueprint(programme: Programme) -> Blueprint:
    """Return how cohorts of a programme run that are opened from now on; nothing in it names a person."""
    shipped = {definition.id: definition for definition in newest()}
    asked = {name: newest_definition(name, programme.organisation_id) for name in questionnaires_named(programme.rules)}
    own: dict[str, Definition] = {name: each for name, each in sorted(asked.items()) if shipped.get(name) != each}
    return Blueprint(
        BlueprintFile(
            **{name: getattr(programme.rules, name) for name in Rules.model_fields},
            id=_id_of(programme.name),
            version=1,
            title=programme.name,
            summary=programme.summary or programme.name,
        ),
        own,
    )


def _id_of(name: str) -> str:
    """Return an id of its own: under that of one that comes with us, it would be taken for a version of that."""
    plain = slugify(name)[:50].strip("-")
    found = plain if plain[:1].isalpha() else f"programme-{plain}".strip("-")
    return f"{found}-own" if found in blueprints() else found
