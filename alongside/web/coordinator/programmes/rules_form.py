"""The form for how a programme works; how it speaks is `speech_form`, what it asks `asking`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alongside import engine
from alongside.blueprints.rules import Rules
from alongside.programmes.models import Cohort, Programme
from alongside.web.coordinator.programmes.words import OBJECTIVES

OBJECTIVE_CHOICES = [(objective.value, sentence) for objective, sentence in OBJECTIVES.items()]
CHOICE_SHAPES = [
    ("rank", _("Offer up to three mentors to rank; the mentee has the final say")),
    ("one", _("Offer one mentor to say yes or no to")),
]
ORGANISATION_RULES = [
    ("any", _("Any two may be paired")),
    ("different", _("Never two from the same workplace")),
    ("same", _("Only two from the same workplace")),
]


class ProgrammeForm(forms.Form):
    """How a programme works."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give the programme a name.")}
    )
    summary = forms.CharField(
        label=_("What it is, in a sentence or two"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    choice_shape = forms.ChoiceField(
        label=_("How a mentee chooses"), widget=forms.RadioSelect, choices=CHOICE_SHAPES, initial="rank"
    )
    mentors_offered = forms.IntegerField(
        label=_("How many mentors to offer"), min_value=1, max_value=3, initial=3, help_text=_("One, two or three.")
    )
    days_to_answer = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=60,
        initial=5,
        help_text=_("After that the next mentor is asked, or it comes to your queue."),
    )
    reminders = forms.IntegerField(label=_("Reminders before that"), min_value=0, max_value=5, initial=2)
    kinds = forms.CharField(
        label=_("Kinds of mentors, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as “officer”. Every mentee gets one mentor of each kind, and all work together. Leave it empty where "
            "all mentors are alike; otherwise name two or more. Cohorts with people in them keep the kinds they have."
        ),
    )
    gates = forms.CharField(
        label=_("Steps before somebody is matched, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as “Conversation held” or “Induction done”. Without any, everybody is ready at once; one you add or "
            "rename is to be done by everybody."
        ),
    )
    cooling_off_days = forms.IntegerField(
        label=_("Working days after a first meeting, before each is asked whether to go on"),
        min_value=1,
        max_value=30,
        initial=2,
    )
    meetings_expected = forms.IntegerField(
        label=_("How many meetings you expect"), min_value=1, max_value=100, initial=9
    )
    meeting_minutes = forms.IntegerField(
        label=_("How long a meeting usually is, in minutes"), min_value=15, max_value=480, initial=90
    )
    minutes_to = forms.IntegerField(
        label=_("At most, if that varies"),
        min_value=15,
        max_value=480,
        required=False,
        help_text=_("In minutes. Leave it empty if a meeting is usually as long as you said."),
    )
    rhythm_days = forms.IntegerField(
        label=_("Days from one meeting to the next"), min_value=1, max_value=180, initial=30
    )
    length_months = forms.IntegerField(
        label=_("How many months a mentorship is planned for"), min_value=1, max_value=60, initial=12
    )
    scaled_objectives = forms.BooleanField(
        label=_("Let people say in five steps how far they reached an objective"),
        required=False,
        help_text=_("Goal attainment scaling: one figure over all objectives of a mentorship, for its members."),
    )
    agreement_text = forms.CharField(
        label=_("What mentor and mentee agree to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave it empty to use the agreement that comes with Alongside."),
    )
    charter_text = forms.CharField(
        label=_("The charter that everybody accepts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave it empty to use the charter that comes with Alongside."),
    )
    members = forms.IntegerField(label=_("How many are together at the most"), min_value=2, max_value=40)
    mentors = forms.IntegerField(label=_("How many mentors a group has"), min_value=1, max_value=8)
    standard = forms.CharField(
        label=_("What whoever is trained knows"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Those who need mentors read it."),
    )
    cpd_hours = forms.FloatField(label=_("Hours of CPD the training counts for"), min_value=0.5, max_value=500)
    months_valid = forms.IntegerField(label=_("Months until it is to be refreshed"), min_value=1, max_value=120)
    call_days = forms.IntegerField(label=_("Days a volunteer has to answer"), min_value=1, max_value=60)
    call_reminders = forms.IntegerField(label=_("Reminders to a volunteer before that"), min_value=0, max_value=5)
    waiting_days = forms.IntegerField(
        label=_("Days until somebody who was never asked stands in your queue"), min_value=1, max_value=365
    )
    workplace = forms.ChoiceField(
        label=_("Workplaces"), widget=forms.RadioSelect, choices=ORGANISATION_RULES, initial="any"
    )
    languages = forms.BooleanField(label=_("A language in common"), required=False, initial=True)
    availability = forms.BooleanField(label=_("A time of the week in common"), required=False, initial=True)
    distance = forms.BooleanField(
        label=_("Within reach, unless meeting online suits both"), required=False, initial=True
    )
    max_km = forms.FloatField(label=_("Within how many kilometres"), min_value=1, max_value=2000, initial=50)
    least_score = forms.FloatField(
        label=_("Make no pair that fits less than, of 100"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_(
            "Leave it empty to make any pair that keeps the rules. With it, somebody may be left without a mentor."
        ),
    )
    objective = forms.ChoiceField(
        label=_("What the whole is best at"),
        widget=forms.RadioSelect,
        choices=OBJECTIVE_CHOICES,
        initial=engine.Objective.PLACE_FIRST.value,
    )

    cohorts = forms.MultipleChoiceField(
        label=_("Cohorts that follow this from now on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those you leave out keep the rules they have. Cohorts you open later follow this in any case."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        running: Sequence[Cohort] = (),
        rules: Rules | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        rules = rules or Rules()
        for name in [*OF_SOME, "kinds"]:
            if name not in _asked_of(rules):
                del self.fields[name]
        field: Any = self.fields["cohorts"]
        field.choices = [(cohort.ref, cohort.name) for cohort in running]

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, Any] | None, *, running: Sequence[Cohort]) -> "ProgrammeForm":
        """Return the form filled in with what the programme does now."""
        rules = programme.rules
        plain = {name: getattr(getattr(rules, section), key) for name, (section, key) in PLAIN.items()}
        return cls(
            data,
            running=running,
            rules=rules,
            initial={
                **plain,
                **{name: getattr(getattr(rules, section), key) for name, (section, key) in _of_some(rules).items()},
                **_of_matching(rules.settings),
                "name": programme.name,
                "summary": programme.summary,
                "gates": "\n".join(gate.title for gate in rules.gates),
                "kinds": "\n".join(kind.title for kind in rules.shape.kinds),
                "cohorts": [each.ref for each in running if each.rules_fingerprint == programme.rules_fingerprint],
            },
        )

    @property
    def about(self) -> dict[str, Any]:
        """What it is called and says of itself."""
        return {"name": self.cleaned_data["name"], "summary": self.cleaned_data["summary"]}

    def rules(self, before: Rules) -> Rules:
        """Return the rules as they were filled in; what the page does not ask for stays as it was.

        :raises FaultsFound: if they do not fit together.
        """
        values = self.cleaned_data
        sections: dict[str, Any] = {
            "gates": _gates(values["gates"], before),
        }
        if "kinds" in values:
            sections["shape"] = {"kinds": _kinds(values["kinds"], before)}
        for name, (section, key) in (PLAIN | _of_some(before)).items():
            sections.setdefault(section, {})[key] = values[name]
        return before.changed({**sections, "matching": engine.to_dict(self._settings(before.settings))})

    def _settings(self, before: engine.Settings) -> engine.Settings:
        values = self.cleaned_data
        rules = replace(
            before.rules,
            organisation=values["workplace"],
            languages=values["languages"],
            availability=values["availability"],
            distance=values["distance"],
            max_km=values["max_km"],
            least_score=round(100 * (values["least_score"] or 0)),
        )
        return replace(before, rules=rules, objective=engine.Objective(values["objective"]))


PLAIN = {
    "choice_shape": ("choice", "shape"),
    "mentors_offered": ("choice", "mentors_offered"),
    "days_to_answer": ("choice", "days_to_answer"),
    "reminders": ("choice", "reminders"),
    "cooling_off_days": ("start", "cooling_off_days"),
    "meetings_expected": ("meetings", "expected"),
    "meeting_minutes": ("meetings", "minutes"),
    "minutes_to": ("meetings", "minutes_to"),
    "rhythm_days": ("meetings", "rhythm_days"),
    "length_months": ("length", "months"),
    "scaled_objectives": ("objectives", "scaled"),
    "agreement_text": ("agreement", "text"),
    "charter_text": ("agreement", "charter"),
}
"""Which fields are which rules."""
OF_SOME = {
    "members": ("shape", "members"),
    "mentors": ("shape", "mentors"),
    "standard": ("placing", "standard"),
    "cpd_hours": ("placing", "cpd_hours"),
    "months_valid": ("placing", "months_valid"),
    "call_days": ("placing", "days_to_answer"),
    "call_reminders": ("placing", "reminders"),
    "waiting_days": ("placing", "waiting_days"),
}
"""Which fields are which rules of programmes that work in groups, or train volunteers for others."""
FIELDS: Mapping[tuple[str | int, ...], str] = {
    **{where: name for name, where in (PLAIN | OF_SOME).items()},
    ("shape", "kinds"): "kinds",
}


def _of_some(rules: Rules) -> dict[str, tuple[str, str]]:
    """Return those of the fields only some programmes have that this one has."""
    has = {"members": rules.shape.of != "pair", "mentors": rules.shape.of == "group"}
    return {name: where for name, where in OF_SOME.items() if has.get(name, bool(rules.placing))}


def _asked_of(rules: Rules) -> set[str]:
    """Return the fields beside the plain ones that this programme's page has; kinds are of pairs alone."""
    return {*_of_some(rules), *(["kinds"] if rules.shape.of == "pair" and not rules.placing else [])}


def _of_matching(settings: engine.Settings) -> dict[str, Any]:
    rules = settings.rules
    return {
        "workplace": rules.organisation,
        "languages": rules.languages,
        "availability": rules.availability,
        "distance": rules.distance,
        "max_km": rules.max_km,
        "least_score": rules.least_score / 100 if rules.least_score else None,
        "objective": settings.objective.value,
    }


def _gates(lines: str, before: Rules) -> list[dict[str, Any]]:
    """Return a gate for each line: one that was there before, by its title, or one for both sides."""
    known = {gate.title: gate.model_dump(mode="json") for gate in before.gates}
    titles = dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip())
    taken = {known[title]["id"] for title in titles if title in known}
    return [known.get(title) or {"id": _free_id(title, taken), "title": title} for title in titles]


def _kinds(lines: str, before: Rules) -> list[dict[str, Any]]:
    """Return a kind of mentor for each line: one that was there before, by its title, or a new one."""
    known = {kind.title: kind.model_dump(mode="json") for kind in before.shape.kinds}
    titles = dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip())
    taken = {known[title]["id"] for title in titles if title in known}
    return [known.get(title) or {"id": _free_id(title, taken), "title": title} for title in titles]


def _free_id(title: str, taken: set[str]) -> str:
    """Return an id made of a title that none of the others has, and take it."""
    plain = slugify(title)[:50].strip("-") or "step"
    base = plain if plain[0].isalpha() else f"step-{plain}"
    found = next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)
    taken.add(found)
    return found
