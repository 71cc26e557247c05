import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside import sheets
from alongside.people.models import Person
from alongside.programmes.availability import DAYS, PARTS
from alongside.programmes.models import Participant
from alongside.programmes.states import SHAREABLE

ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
MOST_TOPICS = 20
LONGEST_TOPIC = 120


class DetailsForm(forms.Form):
    """What is a person's own in every programme."""

    name = forms.CharField(max_length=200, label=_("Name"))
    time_zone = forms.ChoiceField(
        choices=[(zone, zone.replace("_", " ")) for zone in [*ZONES, "UTC"]],
        label=_("Time zone"),
        help_text=_("Times in pages and emails are shown in it."),
    )
    mentor_capacity = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        label=_("Mentees at most, over all programmes"),
        help_text=_("Leave it empty if each programme’s own number is enough."),
    )

    def __init__(self, data: Any = None, *, person: Person, mentors: bool) -> None:
        initial = {field: getattr(person, field) for field in self.base_fields}
        super().__init__(data, initial=initial)
        if not mentors:
            del self.fields["mentor_capacity"]

    def clean_name(self) -> str:
        """Take a name as an import would: on one line, with nothing in it that cannot be seen."""
        if name := sheets.tidy_name(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError(_("Write your name in letters."))

    def details(self, person: Person) -> dict[str, Any]:
        """What to change; a field that was not asked keeps its value."""
        return {"mentor_capacity": person.mentor_capacity, **self.cleaned_data}


class ProfileForm(forms.Form):
    """What a participant says of themselves, and what of it the other side may see."""

    about = forms.CharField(
        required=False,
        max_length=4000,
        label=_("About you, in your own words"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    topics = forms.CharField(
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    availability = forms.MultipleChoiceField(
        required=False,
        choices=[(f"{day}-{part}", "") for day in DAYS for part in PARTS],
        label=_("When you can meet"),
    )
    shares = forms.MultipleChoiceField(
        required=False,
        choices=[*SHAREABLE.items()],
        label=_("What the other side may see before you are introduced"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, participant: Participant) -> None:
        initial = {field: getattr(participant, field) for field in ("about", "availability", "shares")}
        super().__init__(data, initial={**initial, "topics": "\n".join(participant.topic_labels)})
        self.weights: dict[str, float] = dict(participant.topics)
        self.fields["topics"].label = (
            _("What you can help with") if participant.is_mentor else _("What you want help with")
        )

    def clean_topics(self) -> list[list[Any]]:
        """Turn lines into topics; one that was there keeps its weight."""
        lines = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["topics"].splitlines()))
        labels = [line for line in lines if line]
        if len(labels) > MOST_TOPICS or any(len(label) > LONGEST_TOPIC for label in labels):
            raise forms.ValidationError(_("Write at most 20 lines of at most 120 letters each."))
        return [[label, self.weights.get(label, 1.0)] for label in labels]
