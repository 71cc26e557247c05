from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.group_fits import Free
from alongside.programmes.models import Participant


def described(participant: Participant) -> str:
    """Name somebody with what they want help with, or can help with."""
    about = ", ".join(participant.topic_labels[:3]) or participant.employer
    return f"{participant.person.name} – {about}" if about else participant.person.name


class GroupForm(forms.Form):
    """Put a group together by name, with whom to begin."""

    name = forms.CharField(
        label=gettext_lazy("What it is called"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give the group a name, so that people know which it is.")},
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who is in it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of them is in a group by now. Look again.")},
    )

    def __init__(self, data: Any = None, *, free: Free, of_peers: bool) -> None:
        super().__init__(data)
        self.free, self.of_peers = free, of_peers
        name, people = self.fields["name"], self.fields["people"]
        name.required = not of_peers
        name.help_text = (
            _("Only you see it; where it is empty, it is called by who is in it.")
            if of_peers
            else _("Such as “New cabinet”. Mentors who are asked read it.")
        )
        people.choices = [(each.ref, described(each)) for each in free.mentees]  # type: ignore[attr-defined]
        people.required = of_peers
        people.error_messages["required"] = _("Tick who is to be together.")

    @property
    def chosen(self) -> list[Participant]:
        return [each for each in self.free.mentees if each.ref in self.cleaned_data["people"]]

    @property
    def title(self) -> str:
        return self.cleaned_data["name"] or name_of(self.chosen)


def name_of(people: Sequence[Participant]) -> str:
    """Call a group by who is in it."""
    names = [each.person.name for each in people]
    *first, last = names or [""]
    return (_("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last)[:120]


class WhoForm(forms.Form):
    """Put one more person into a group."""

    participant = forms.ChoiceField(
        label=gettext_lazy("Who"),
        error_messages={
            "required": gettext_lazy("Choose somebody."),
            "invalid_choice": gettext_lazy("They are in a group by now, or have no free place. Look again."),
        },
    )

    def __init__(self, data: Any = None, *, free: Free) -> None:
        super().__init__(data)
        self.free = free
        mentees = [(each.ref, described(each)) for each in free.mentees]
        mentors = [(each.ref, described(each)) for each in free.mentors]
        sides = [(_("Mentors"), mentors), (_("To be mentored"), mentees)] if mentors else mentees
        choices = [group for group in sides if group[1]] if mentors else sides
        self.fields["participant"].choices = [("", _("Choose somebody")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Participant | None:
        return self.free.participant(self.cleaned_data["participant"])


class NameForm(forms.Form):
    """Call a group otherwise."""

    name = forms.CharField(
        label=gettext_lazy("What it is called"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give the group a name, so that people know which it is.")},
    )
