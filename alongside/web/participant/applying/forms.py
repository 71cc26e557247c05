from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.applications.applying import LARGEST, MOST_REFEREES, Referee
from alongside.blueprints.sections import Kind
from alongside.files.kinds import KINDS
from alongside.people.actions import LONGEST_NAME

ACCEPTED = ",".join(f".{extension}" for extension in KINDS)
LONGEST_EMAIL = 254
A_WHOLE_ADDRESS = _("Write a whole address, like sam@example.org.")


class EmailForm(forms.Form):
    """Begin with an address."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a link to begin with. You need no password."),
        error_messages={"required": _("Write your email address."), "invalid": A_WHOLE_ADDRESS},
    )


class KindForm(forms.Form):
    """As which kind of mentor somebody applies."""

    kind = forms.ChoiceField(
        label=_("Which kind of mentor would you be?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, data: Any = None, *, kinds: Sequence[Kind], chosen: str = "") -> None:
        super().__init__(data, initial={"kind": chosen})
        asked: Any = self.fields["kind"]
        asked.choices = [(kind.id, kind.title[:1].upper() + kind.title[1:]) for kind in kinds]


class DocumentForm(forms.Form):
    """A document that is asked for."""

    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, pictures, text, Word, Excel, PowerPoint or LibreOffice, up to 10 MB."),
        error_messages={name: _("Choose a file first.") for name in ("required", "missing", "invalid")},
    )

    @property
    def content(self) -> bytes:
        """What was handed in; of a file that is too large only as much as shows that it is."""
        content: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        return content


class RefereesForm(forms.Form):
    """Whom to ask for a reference: one, or two."""

    def __init__(self, data: Any = None, *, referees: Sequence[Referee] = ()) -> None:
        super().__init__(data)
        for n in range(1, MOST_REFEREES + 1):
            known = referees[n - 1] if len(referees) >= n else Referee("", "")
            self.fields[f"name_{n}"] = forms.CharField(
                label=_("Their name"), max_length=LONGEST_NAME, required=False, initial=known.name
            )
            self.fields[f"email_{n}"] = forms.EmailField(
                label=_("Their email address"),
                max_length=LONGEST_EMAIL,
                required=False,
                initial=known.email,
                error_messages={"invalid": A_WHOLE_ADDRESS},
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for n in range(1, MOST_REFEREES + 1):
            name, email = values.get(f"name_{n}"), values.get(f"email_{n}")
            if name and not email and f"email_{n}" not in self.errors:
                self.add_error(f"email_{n}", _("Write the address at which we can ask them."))
            if email and not name:
                self.add_error(f"name_{n}", _("Write their name, so that we can greet them."))
        if not self.errors and not self.referees:
            self.add_error("name_1", _("Name one person, or two."))
        return values

    @property
    def referees(self) -> list[Referee]:
        values = self.cleaned_data
        pairs = [(values.get(f"name_{n}"), values.get(f"email_{n}")) for n in range(1, MOST_REFEREES + 1)]
        return [Referee(name, email) for name, email in pairs if name and email]

    @property
    def pairs(self) -> list[dict[str, Any]]:
        return [{"n": n, "name": self[f"name_{n}"], "email": self[f"email_{n}"]} for n in range(1, MOST_REFEREES + 1)]
