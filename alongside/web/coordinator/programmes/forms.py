from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alongside import engine
from alongside.blueprints.differences import Difference
from alongside.blueprints.rules import Rules
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.places.gazetteer import regions
from alongside.programmes.models import Cohort, Programme
from alongside.reports.newer_blueprint import Change
from alongside.web.coordinator.programmes.rule_words import told
from alongside.web.coordinator.programmes.words import OBJECTIVES

LARGEST_BLUEPRINT = 5_000_000
TOO_LARGE = _("This is far larger than a blueprint. Choose the .zip that “Take it along” gave.")
NOTHING_CHOSEN = _("Choose at least one change, or go back and leave it as it is.")
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
        kinds: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        if not kinds:
            del self.fields["kinds"]
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
            kinds=rules.shape.of == "pair",  # elsewhere there are none
            initial={
                **plain,
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
        for name, (section, key) in PLAIN.items():
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
FIELDS: Mapping[tuple[str | int, ...], str] = {
    **{where: name for name, where in PLAIN.items()},
    ("shape", "kinds"): "kinds",
}


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


class NameForm(forms.Form):
    """What a programme is to be called that is started from a blueprint."""

    name = forms.CharField(
        label=_("What you call it"), max_length=200, error_messages={"required": _("Give the programme a name.")}
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, name: str) -> None:
        super().__init__(data, initial={"name": name})


class FileForm(forms.Form):
    """A blueprint that somebody brings along."""

    file = forms.FileField(
        label=_("The file of the blueprint"),
        help_text=_("The .zip that “Take it along” gives, here or in another installation."),
        error_messages={"required": _("Choose the file first."), "empty": _("This file is empty. Choose another.")},
    )
    name = forms.CharField(
        label=_("What you call it"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty to call it what it was called."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BLUEPRINT:
            raise forms.ValidationError(TOO_LARGE)
        return file


class FollowForm(forms.Form):
    """Which changes of a newer blueprint a programme takes on, and for whom."""

    changes = forms.MultipleChoiceField(label=_("What to take on"), widget=forms.CheckboxSelectMultiple)
    cohorts = forms.MultipleChoiceField(
        label=_("Cohorts that follow this from now on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those you leave out keep the rules they have. Cohorts you open later follow this in any case."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, changes: Sequence[Change], running: Sequence[Cohort]) -> None:
        self.by_place = {str(place): change for place, change in enumerate(changes)}
        super().__init__(data, initial={"changes": [place for place, each in self.by_place.items() if not each.own]})
        fields: Any = self.fields
        fields["changes"].choices = [(place, place) for place in self.by_place]
        fields["changes"].error_messages["required"] = NOTHING_CHOSEN
        fields["cohorts"].choices = [(cohort.ref, cohort.name) for cohort in running]

    @property
    def chosen(self) -> list[Difference]:
        """The differences to be made."""
        return [self.by_place[place].difference for place in self.cleaned_data["changes"]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each change with its box, as the page shows it."""
        boxes = {str(box.data["value"]): box for box in self["changes"]}
        return [{"box": boxes[place], **told(change)} for place, change in self.by_place.items()]


class CohortForm(forms.Form):
    """Open an intake."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Such as “Spring 2027”."),
        error_messages={"required": _("Give the cohort a name.")},
    )
    starts_on = forms.DateField(
        label=_("Starts on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say when it starts."), "invalid": _("Write the date like 2027-03-01.")},
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("If you know."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end is before the start. Give a later day, or leave it empty."))
        return values


class LeadForm(forms.Form):
    """Name whoever hears concerns; they need not coordinate anything."""

    name = forms.CharField(
        label=_("Their name"), max_length=200, error_messages={"required": _("Write the name people know them by.")}
    )
    email = forms.EmailField(
        label=_("Their email address"),
        error_messages={
            "required": _("Write the address at which they hear of a concern."),
            "invalid": _("Write a whole address, like sam@example.org."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, lead: Person | None) -> None:
        super().__init__(data, initial={"name": lead.name, "email": lead.email} if lead else None)


class ContactsForm(forms.Form):
    """Name a key contact for each region, of those who run the programme."""

    also_now = forms.BooleanField(
        label=_("Also for those who take part already"),
        required=False,
        help_text=_("Whoever is in a region with a contact gets that one in the place of theirs."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, people: Iterable[Person], contacts: Mapping[str, Person]
    ) -> None:
        super().__init__(data)
        self.people = {person.ref: person for person in people}
        choices = [("", _("whoever brings them in")), *((ref, person.name) for ref, person in self.people.items())]
        for place, region in enumerate(regions()):
            now = contacts.get(region)
            self.fields[f"region_{place}"] = forms.ChoiceField(
                label=region, choices=choices, required=False, initial=now.ref if now else ""
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("region_")]

    @property
    def contacts(self) -> dict[str, Person | None]:
        """Who is named for each region; None for nobody."""
        return {region: self.people.get(self.cleaned_data[f"region_{n}"]) for n, region in enumerate(regions())}


class OrganisationForm(forms.Form):
    """Choose which organisation a programme belongs to, where somebody coordinates several."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, data: Mapping[str, Any] | None, *, organisations: QuerySet[Organisation]) -> None:
        super().__init__(data, initial={"organisation": organisations.first()})
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
