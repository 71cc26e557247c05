from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.blueprints.differences import Difference
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.places.gazetteer import regions
from alongside.programmes.models import Cohort
from alongside.reports.newer_blueprint import Change
from alongside.web.coordinator.programmes.rule_words import told

LARGEST_BLUEPRINT = 5_000_000
TOO_LARGE = _("This is far larger than a blueprint. Choose the .zip that “Take it along” gave.")
NOTHING_CHOSEN = _("Choose at least one change, or go back and leave it as it is.")


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
