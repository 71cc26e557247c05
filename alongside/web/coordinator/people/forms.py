from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.programmes.models import Participant


class ParticipantForm(forms.Form):
    """What matching knows of a participant."""

    topics = forms.CharField(
        label=_("Topics, one on each line"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("Which kind of mentor"),
        required=False,
        help_text=_("Until it is said, nobody is offered them."),
    )
    capacity = forms.IntegerField(label=_("How many mentees here"), min_value=0, max_value=1000)
    employer = forms.CharField(label=_("Where they work"), required=False, max_length=200)
    job_title = forms.CharField(label=_("What they do there"), required=False, max_length=200)
    sector = forms.CharField(label=_("Sector"), required=False, max_length=120)
    about = forms.CharField(label=_("What they wrote"), required=False, widget=forms.Textarea(attrs={"rows": 5}))

    @classmethod
    def of(cls, participant: Participant, data: Mapping[str, Any] | None) -> "ParticipantForm":
        """Return the form filled in with what is known."""
        names = ["kind", "capacity", "employer", "job_title", "sector", "about"]
        initial = {name: getattr(participant, name) for name in names}
        form = cls(data, initial={**initial, "topics": "\n".join(participant.topic_labels)})
        kinds = participant.cohort.rules.shape.kinds if participant.is_mentor else ()
        asked: Any = form.fields["kind"]
        asked.choices = [("", _("not said yet")), *((kind.id, kind.title) for kind in kinds)]
        if not kinds:
            del form.fields["kind"]
        if not participant.is_mentor:
            del form.fields["capacity"]
        return form

    def details(self, participant: Participant) -> dict[str, Any]:
        """Return what was filled in as fields of a participant; a topic that stays keeps its weight."""
        weights = dict(participant.topics)
        lines = [line.strip() for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        topics = [[label, weights.get(label, 1.0)] for label in dict.fromkeys(lines)]
        return {**self.cleaned_data, "topics": topics}
