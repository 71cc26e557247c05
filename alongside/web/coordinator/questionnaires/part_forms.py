"""The forms of a questionnaire as a whole: what it is about, scales, roles, groups of raters, words in a language."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.organisations.models import Organisation
from alongside.questionnaires.drafting import fresh_id, steps_from
from alongside.questionnaires.translating import translatable
from alongside.web.coordinator.questionnaires.item_forms import Table, lines_of
from alongside.web.coordinator.questionnaires.kinds import AUDIENCES, SHOWN

LARGEST = 1_000_000
"""Bytes: of a file that can be brought in."""


class PartForm(forms.Form):
    """A part of a draft; ``version`` tells the second of two windows."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AboutForm(PartForm):
    title = forms.CharField(label=_("What it is called"), max_length=200)
    about = forms.CharField(
        label=_("What it is for"),
        help_text=_("Whoever answers reads this first."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(label=_("Who answers"), choices=list(AUDIENCES.items()), widget=forms.RadioSelect)
    shown = forms.ChoiceField(
        label=_("Who else sees the answers, and when"), choices=list(SHOWN.items()), widget=forms.RadioSelect
    )
    at_least = forms.IntegerField(
        label=_("Counts are shown from how many answers on"), min_value=1, max_value=100, initial=1
    )
    language = forms.ChoiceField(label=_("The language it is written in"), choices=settings.LANGUAGES, initial="en")

    def table(self) -> Table:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class BeginForm(forms.Form):
    """Begin an empty questionnaire."""

    title = forms.CharField(label=_("What it is called"), max_length=200)
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Whose it is"), empty_label=None
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["organisation"].initial = organisations.first()
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()


class FileForm(BeginForm):
    """Bring a questionnaire in from a file."""

    file = forms.FileField(
        label=_("The file"), help_text=_("A .toml file, as it is handed out on a questionnaire’s page.")
    )
    field_order = ("file", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["title"]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("A questionnaire is smaller than a megabyte. Is this the right file?"))
        return file


class ScaleForm(PartForm):
    steps = forms.CharField(
        label=_("The steps"),
        help_text=_("From the least to the most, each on a line of its own, with what it counts: “3 = Mostly”."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def clean_steps(self) -> list[Table]:
        steps = steps_from(lines_of(self.cleaned_data["steps"]))
        if len(steps) < 2:
            raise forms.ValidationError(_("A scale has two steps or more."))
        if len({step["value"] for step in steps}) < len(steps):
            raise forms.ValidationError(_("Two steps count the same. Give each a number of its own."))
        return steps


class RoleForm(PartForm):
    title = forms.CharField(label=_("What it is called"), max_length=120)
    about = forms.CharField(label=_("What it is about"), max_length=500, required=False)
    how = forms.ChoiceField(
        label=_("How answers become one figure"),
        choices=[
            ("percent", _("Per cent of the way along the scale")),
            ("mean", _("Their mean")),
            ("sum", _("Their sum")),
        ],
        widget=forms.RadioSelect,
    )
    bands = forms.CharField(
        label=_("What figures mean"),
        help_text=_("Each on a line of its own, from the lowest up: “0 = Seldom: try one thing at a time”."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean_bands(self) -> list[Table]:
        return [self._band(line) for line in lines_of(self.cleaned_data["bands"])]

    @staticmethod
    def _band(line: str) -> Table:
        start, _mark, words = line.partition("=")
        title, _colon, feedback = words.partition(":")
        try:
            return {"from": float(start.replace(",", ".")), "title": title.strip() or "?", "feedback": feedback.strip()}
        except ValueError as error:
            said = _("“%(line)s” does not begin with a number and “=”. Write it like “50 = Often: keep it up”.")
            raise forms.ValidationError(said % {"line": line}) from error


def bands_in_words(bands: list[Table]) -> str:
    """Return bands as lines, as `RoleForm` reads them."""
    rows = []
    for band in bands:
        feedback = f": {band['feedback']}" if band.get("feedback") else ""
        rows.append(f"{band.get('from', 0):g} = {band.get('title', '')}{feedback}")
    return "\n".join(rows)


class GroupForm(forms.Form):
    """One group of people who are asked about a mentee; without a title it is none."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Who they are"), max_length=120, required=False)
    about = forms.CharField(label=_("Who belongs to them"), max_length=300, required=False)
    at_least = forms.IntegerField(label=_("Shown from how many answers on"), min_value=1, max_value=50, initial=3)
    oneself = forms.BooleanField(label=_("This is the mentee themself"), required=False)


GroupForms = forms.formset_factory(GroupForm, extra=2, max_num=12, absolute_max=20)


def groups_of(given: list[Table]) -> list[Table]:
    """Return the groups that were given, each with the id it had."""
    found: list[Table] = []
    for each in given:
        if each.get("title"):
            taken = [group["id"] for group in found] + [str(other.get("id")) for other in given]
            found.append({**each, "id": each.get("id") or fresh_id(each["title"], taken, otherwise="group")})
    return found


class TranslationForm(PartForm):
    """The words of a questionnaire in one language, each beside the original."""

    def __init__(self, data: Any = None, *, draft: Mapping[str, Any], language: str, version: int) -> None:
        self.rows = list(translatable(draft))
        known = draft.get("translations", {}).get(language, {})
        super().__init__(
            data, initial={"version": version, **{f"at-{key}": known.get(key, "") for key, _w in self.rows}}
        )
        for key, words in self.rows:
            widget = forms.Textarea(attrs={"rows": 2 + len(words) // 60, "lang": language})
            self.fields[f"at-{key}"] = forms.CharField(label=words, required=False, max_length=6000, widget=widget)

    def words(self) -> dict[str, str]:
        """Return what was translated, by its place."""
        return {key: said for key, _words in self.rows if (said := self.cleaned_data[f"at-{key}"])}

    def beside(self) -> Iterator[tuple[str, Any]]:
        """Yield each original with its field."""
        return ((words, self[f"at-{key}"]) for key, words in self.rows)


def missing_in(draft: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Return for each language a draft has words in how many are missing, and of how many."""
    places = [key for key, _words in translatable(draft)]
    return {
        language: (sum(not words.get(place) for place in places), len(places))
        for language, words in draft.get("translations", {}).items()
    }
