"""What a programme asks of people, held against what its rules need to know of them."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from alongside import engine
from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import BOTH, Application, Survey
from alongside.datafiles.checking import Remark
from alongside.datafiles.lines import Path
from alongside.engine.values.special import protected
from alongside.questionnaires.definition import Audience, Definition, Shown
from alongside.questionnaires.items import Asked, Consent, File
from alongside.questionnaires.library import newest

FILLS = frozenset(
    {
        "about", "availability", "capacity", "employer", "job_title", "languages", "max_km", "name", "place", "remote",
        "sector", "seniority", "topics",
    }
)  # fmt: skip
"""What an answer may tell of a participant. Anything else a rule looks at is an attribute: "attributes.party"."""
ATTRIBUTE = "attributes."


def asked_of(rules: Rules, questionnaires: Mapping[str, Definition]) -> Iterator[Remark]:
    """Yield what is named and not there, and what a rule looks at though nobody is asked for it.

    :param questionnaires: those beside the rules, by id; those that come with us count as well.
    """
    known = {each.id: each for each in newest()} | dict(questionnaires)
    for place, exercise in enumerate(rules.exercises):
        if exercise.questionnaire not in known:
            words = f"There is no questionnaire “{exercise.questionnaire}”. Write {exercise.questionnaire}.toml."
            yield Remark(("exercises", place, "questionnaire"), words)
    for place, survey in enumerate(rules.surveys):
        yield from _survey(survey, known.get(survey.questionnaire), ("surveys", place, "questionnaire"))
    for name in questionnaires:
        if name not in questionnaires_named(rules):
            yield Remark((), f"Nothing here asks the questionnaire “{name}”. Name it, or take its file out.")
    for side in BOTH:
        application = rules.applications.of(side)
        if application is not None:
            yield from _application(application, known, rules, ("applications", side))


def _survey(survey: Survey, definition: Definition | None, path: Path) -> Iterator[Remark]:
    if definition is None:
        yield Remark(path, f"There is no questionnaire “{survey.questionnaire}”. Write {survey.questionnaire}.toml.")
    elif unfit := unfit_as_survey(definition):
        yield Remark(path, unfit)


def unfit_as_survey(definition: Definition) -> str:
    """Say why a questionnaire cannot be asked as a survey, and what would be right; "" where it can."""
    name = definition.id
    if definition.shown not in (Shown.COUNTED, Shown.TO_COORDINATORS):
        return f"Coordinators read a survey, and not “{name}”: let it say shown = “counted” or “to_coordinators”."
    if definition.audience not in (Audience.EACH, Audience.MENTORS, Audience.MENTEES):
        return f"“{name}” is not for members of a mentorship: let its audience be each, mentors or mentees."
    if files := [item.id for item in definition.items if isinstance(item, File)]:
        return f"A survey takes no files. Take “{files[0]}” out of “{name}”, or ask for it when they apply."
    return ""


def _application(
    application: Application, known: Mapping[str, Definition], rules: Rules, path: Path
) -> Iterator[Remark]:
    if application.form not in known:
        yield Remark((*path, "form"), f"There is no questionnaire “{application.form}”. Write {application.form}.toml.")
        return
    told = told_by(known[application.form])
    for name in sorted(told):
        if name not in FILLS and not name.startswith(ATTRIBUTE):
            may = ", ".join(sorted(FILLS))
            words = f"An item of “{application.form}” fills “{name}”. It can fill {may}, or “attributes.…”."
            yield Remark((*path, "form"), words)
    for item in unconsented(known[application.form]):
        words = (
            f"“{item}” of “{application.form}” asks what the law protects specially, and nobody agrees to it there. "
            f'Add an item beside it: kind = "consent", purpose = "{item}".'
        )
        yield Remark((*path, "form"), words)
    for rule, name in _looked_at(rules):
        if name not in told:
            words = f"“{application.form}” does not ask for what this looks at: let one of its items fill “{name}”."
            yield Remark(rule, words)


def questionnaires_named(rules: Rules) -> set[str]:
    """Return the ids of all questionnaires that rules ask."""
    forms = {application.form for side in BOTH if (application := rules.applications.of(side))}
    between = {exercise.questionnaire for exercise in rules.exercises}
    return forms | between | {survey.questionnaire for survey in rules.surveys}


def renamed(rules: Rules, names: Mapping[str, str]) -> Rules:
    """Return rules that ask questionnaires under other ids."""
    table = deepcopy(rules.table)
    for side in BOTH:
        if application := table["applications"][side]:
            application["form"] = names.get(application["form"], application["form"])
    for each in (*table["exercises"], *table["surveys"]):
        each["questionnaire"] = names.get(each["questionnaire"], each["questionnaire"])
    return Rules.model_validate(table)


def told_by(definition: Definition) -> set[str]:
    """Return what the answers to a questionnaire tell of a participant."""
    return {item.fills for item in definition.items if isinstance(item, Asked) and item.fills}


def unconsented(definition: Definition) -> list[str]:
    """Return the items that ask what the law protects specially (UK GDPR, Article 9) and have no consent beside them.

    A consent stands beside an item where its purpose is the id of that item.
    """
    agreed = {item.purpose for item in definition.items if isinstance(item, Consent)}
    return [item.id for item in definition.items if isinstance(item, Asked) and special(item) and item.id not in agreed]


def special(item: Asked) -> bool:
    """Tell whether an answer fills an attribute that the law protects specially."""
    return item.fills.startswith(ATTRIBUTE) and protected(item.fills.removeprefix(ATTRIBUTE)) is not None


def _looked_at(rules: Rules) -> Iterator[tuple[Path, str]]:
    """Yield each rule and weight that is on, with what it needs to know of both sides; those of a kind at the kind."""
    yield from _named_by(rules.settings, ("matching",))
    for place, kind in enumerate(rules.shape.kinds):
        if kind.matching:
            yield from _named_by(rules.settings_for(kind.id), ("shape", "kinds", place, "matching"))


def _named_by(settings: engine.Settings, here: Path) -> Iterator[tuple[Path, str]]:
    hard = settings.rules
    yield from (((*here, "rules", "must_share"), f"{ATTRIBUTE}{name}") for name in hard.must_share)
    yield from (((*here, "rules", "must_differ"), f"{ATTRIBUTE}{name}") for name in hard.must_differ)
    if hard.organisation != "any":
        yield (*here, "rules", "organisation"), "employer"
    if hard.minimum_seniority_gap is not None:
        yield (*here, "rules", "minimum_seniority_gap"), "seniority"
    weighed = (name for name, weight in settings.weights.alike if weight)
    yield from (((*here, "weights", "alike"), f"{ATTRIBUTE}{name}") for name in weighed)
