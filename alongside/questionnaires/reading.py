"""Read a questionnaire, and say everything that is wrong with it, each part by itself and between its parts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alongside.datafiles import checking
from alongside.datafiles.checking import Remark
from alongside.questionnaires.conditions import wrong_with
from alongside.questionnaires.definition import Audience, Definition, Role, questions_of
from alongside.questionnaires.items import AnyItem, Choice, Condition, File, Many, Matrix, One, Ranked, Scale
from alongside.questionnaires.translating import translated


def parse(text: str, name: str = "the definition") -> Definition:
    """Read a definition from TOML.

    :param name: what to call it in faults, such as its file's name.
    :raises FaultsFound: if it is no TOML, or anything in it is missing, unknown, twice there or does not fit.
    """
    return checking.read(Definition, text, name, remarks)


def check(table: Mapping[str, Any], name: str = "the questionnaire") -> Definition:
    """Check a definition that was made on a page, or comes from a file read already.

    :raises FaultsFound: as ``parse``.
    """
    return checking.check(Definition, table, name, remarks)


def remarks(definition: Definition) -> Iterator[Remark]:
    """Yield what is wrong between the parts of a definition."""
    yield from _twice([item.id for item in definition.items], "item", ("items",))
    yield from _twice([role.id for role in definition.roles], "role", ("roles",))
    yield from _twice([group.id for group in definition.raters], "group of raters", ("raters",))
    if not definition.questions:
        yield Remark(("items",), f"“{definition.title}” asks nothing: give it at least one item that can be answered.")
    for name, steps in definition.scales.items():
        yield from _scale(name, steps)
    for place, item in enumerate(definition.items):
        yield from _item(definition, place, item)
    for place, role in enumerate(definition.roles):
        yield from _role(definition, place, role)
    if (definition.audience == Audience.RATERS) != bool(definition.raters):
        yield Remark(("raters",), "A questionnaire for raters lists groups of raters, and no other does.")
    yield from _translations(definition)


def _twice(ids: list[str], what: str, path: tuple[str, ...]) -> Iterator[Remark]:
    for place, each in enumerate(ids):
        if each in ids[:place]:
            yield Remark((*path, place, "id"), f"The {what} “{each}” stands twice. Give each an id of its own.")


def _scale(name: str, steps: tuple[Choice, ...]) -> Iterator[Remark]:
    if len(steps) < 2:
        yield Remark(("scales", name), f"The scale “{name}” needs two steps or more.")
    values = [step.value for step in steps]
    for place, value in enumerate(values):
        if value in values[:place]:
            yield Remark(("scales", name, place), f"The value {value} stands twice in the scale “{name}”.")


def _item(definition: Definition, place: int, item: AnyItem) -> Iterator[Remark]:
    here = ("items", place)
    if isinstance(item, Scale | Matrix) and item.scale not in definition.scales:
        known = ", ".join(f"“{name}”" for name in definition.scales) or "there are none yet"
        yield Remark((*here, "scale"), f"There is no scale “{item.scale}”. The scales are: {known}.")
    if isinstance(item, Matrix):
        yield from _twice([row.id for row in item.rows], "row", ("items", place, "rows"))  # type: ignore[arg-type]
    for scored in item.rows if isinstance(item, Matrix) else [item] if isinstance(item, Scale) else []:
        if scored.role and scored.role not in {role.id for role in definition.roles}:
            yield Remark(
                (*here, "role"), f"There is no role “{scored.role}”. Add it to the roles, or take it out here."
            )
    if isinstance(item, File) and definition.audience == Audience.ANYONE:
        yield Remark((*here, "kind"), "What anyone answers is kept nowhere, so it cannot ask for a file: take it out.")
    if isinstance(item, One | Many | Ranked):
        yield from _options(item, here)
    yield from _limits(item, here)
    for number, condition in enumerate(item.shown_if):
        yield from _condition(definition, place, number, condition)


def _options(item: One | Many | Ranked, here: tuple[str, int]) -> Iterator[Remark]:
    yield from _twice([option.id for option in item.options], "option", (*here, "options"))  # type: ignore[arg-type]
    least = 0 if isinstance(item, One) else item.at_least
    if least > len(item.options):
        yield Remark((*here, "at_least"), f"“{item.id}” asks for {least} of {len(item.options)} options.")


def _limits(item: AnyItem, here: tuple[str, int]) -> Iterator[Remark]:
    for low, high in (("at_least", "at_most"), ("earliest", "latest")):
        least, most = getattr(item, low, None), getattr(item, high, None)
        if least is not None and most is not None and least > most:
            yield Remark((*here, low), f"Nobody can answer “{item.id}”: “{low}” is more than “{high}”.")


def _condition(definition: Definition, place: int, number: int, condition: Condition) -> Iterator[Remark]:
    here, named = ("items", place, "shown_if", number), condition.item
    earlier = {question.id for item in definition.items[:place] for question in questions_of(item, definition.scales)}
    if named not in earlier:
        why = "comes later: move it up" if named in definition.by_id else "is not there"
        yield Remark(here, f"It is shown by the answer to “{named}”, which {why}.")
    elif why := wrong_with(condition, definition.by_id[named]):
        yield Remark(here, f"It is shown by limits on the answer to “{named}”, which {why}.")


def _role(definition: Definition, place: int, role: Role) -> Iterator[Remark]:
    counted = [question for question in definition.questions if (how := question.scored) and how.counted]
    if not any(role.of_all or question.scored.role == role.id for question in counted if question.scored):
        yield Remark(("roles", place), f"Nothing counts towards the role “{role.id}”. Name it as the role of an item.")
    starts = [band.from_ for band in role.bands]
    if starts != sorted(set(starts)):
        yield Remark(("roles", place, "bands"), f"The bands of “{role.id}” begin with the lowest and go up.")


def _translations(definition: Definition) -> Iterable[Remark]:
    table = definition.model_dump(mode="json", by_alias=True)
    for language, words in definition.translations.items():
        for key in words:
            try:
                translated(table, {key: "x"})
            except KeyError:
                yield Remark(("translations", language, key), f"There is nothing “{key}” here to be translated.")
