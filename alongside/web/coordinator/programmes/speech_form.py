"""The form for how a programme speaks to people, what is seen of them, and how long it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import LetterKind
from alongside.files.pictures import LARGEST, data_address, picture_refused
from alongside.programmes.models import Cohort
from alongside.programmes.states import SHAREABLE
from alongside.web.coordinator.email_words import EMAILS

LETTER = "letter_"
NO_PICTURE = _("This is no picture that every browser shows. Choose a PNG, JPEG, WebP or SVG.")
LANGUAGES = [
    ("", _("The language of whoever reads")),
    ("en-GB", _("English")),
    ("cy", _("Welsh")),
    ("gd", _("Scottish Gaelic")),
    ("ga", _("Irish")),
    ("de", _("German")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pl", _("Polish")),
]
MEETINGS = [
    ("days", _("On which days they meet, and for how long")),
    ("numbers", _("How often they met, and not when")),
]
FIELDS: Mapping[tuple[str, str], str] = {
    ("seen", "before_yes"): "before_yes",
    ("seen", "meetings"): "meetings",
    ("seen", "funder"): "funder",
    ("pulse", "rhythm_days"): "pulse_days",
    ("kept", "inside_days"): "inside_days",
    ("kept", "meetings_months"): "meetings_months",
    ("kept", "answers_months"): "answers_months",
    ("words", "mentor"): "mentor",
    ("words", "mentors"): "mentors",
    ("words", "mentee"): "mentee",
    ("words", "mentees"): "mentees",
    ("words", "mentorship"): "mentorship",
    ("words", "mentorships"): "mentorships",
}
"""Which rules are which fields."""
WORDS = tuple(name for (section, _key), name in FIELDS.items() if section == "words")


class SpeechForm(forms.Form):
    """How a programme speaks, who sees what, and how long it is kept."""

    mentor = forms.CharField(label=_("One mentor"), max_length=40, required=False)
    mentors = forms.CharField(label=_("Several mentors"), max_length=40, required=False)
    mentee = forms.CharField(label=_("One mentee"), max_length=40, required=False)
    mentees = forms.CharField(label=_("Several mentees"), max_length=40, required=False)
    mentorship = forms.CharField(label=_("One mentorship"), max_length=40, required=False)
    mentorships = forms.CharField(label=_("Several mentorships"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language of letters and pages"),
        required=False,
        choices=LANGUAGES,
        help_text=_("What is not translated yet is said in English. Your own texts stay as you wrote them."),
    )
    colour = forms.CharField(
        label=_("Your colour"),
        required=False,
        help_text=_("Of buttons and next steps, written like #2f6f62. Leave it empty for ours."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "placeholder": "#2f6f62"}),
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six signs, like #2f6f62."))],
    )
    logo = forms.FileField(
        label=_("Your logo"),
        required=False,
        help_text=_("A PNG, JPEG, WebP or SVG picture of up to 30 KB, such as one 240 pixels wide."),
    )
    no_logo = forms.BooleanField(label=_("Show no logo any more"), required=False)
    before_yes = forms.MultipleChoiceField(
        label=_("What the other side may see before both have said yes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(SHAREABLE.items()),
        help_text=_("Each person still chooses what they share of it."),
    )
    meetings = forms.ChoiceField(
        label=_("What coordinators see of meetings"), widget=forms.RadioSelect, choices=MEETINGS
    )
    funder = forms.CharField(
        label=_("Who pays, and is shown who met how often"),
        required=False,
        max_length=120,
        help_text=_(
            "Such as “the lender”. Everybody finds it under “Who sees what about me”. Leave it empty for nobody."
        ),
    )
    pulse_days = forms.IntegerField(
        label=_("Days from one question how it is going to the next"), min_value=14, max_value=120
    )
    inside_days = forms.IntegerField(
        label=_("Days after the end, until what they wrote is deleted"), min_value=30, max_value=730
    )
    meetings_months = forms.IntegerField(
        label=_("Months after the end, until it is kept no longer when they met"), min_value=1, max_value=72
    )
    answers_months = forms.IntegerField(
        label=_("Months until nobody knows whose an answer was"), min_value=1, max_value=36
    )
    cohorts = forms.MultipleChoiceField(
        label=_("Cohorts that follow this from now on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those you leave out keep the rules they have. Cohorts you open later follow this in any case."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        rules: Rules,
        running: Sequence[Cohort],
        now: str,
    ) -> None:
        """:param now: the fingerprint of the rules that the programme has: cohorts that follow them are ticked."""
        initial = {name: getattr(getattr(rules, section), key) for (section, key), name in FIELDS.items()}
        following = [each.ref for each in running if each.rules_fingerprint == now]
        plain = {"language": rules.language, "colour": rules.look.colour, "cohorts": following}
        super().__init__(data, files, initial={**initial, **plain})
        self.logo_now = rules.look.logo
        self._of_language(rules.language)
        fields: Any = self.fields
        fields["cohorts"].choices = [(cohort.ref, cohort.name) for cohort in running]
        for kind in get_args(LetterKind):
            self.fields[f"{LETTER}{kind}"] = forms.CharField(
                label=EMAILS[kind],
                required=False,
                initial=rules.letters.get(kind, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _of_language(self, language: str) -> None:
        """Offer also a language that came with a blueprint and is not among those we name."""
        if language not in dict(LANGUAGES):
            field: Any = self.fields["language"]
            field.choices = [*LANGUAGES, (language, language)]

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()

    def clean_logo(self) -> str:
        """Return the picture as the address of its data, the one there is now where none was chosen."""
        file = self.cleaned_data["logo"]
        if not file:
            return self.logo_now
        address = data_address(file.read(LARGEST + 1))
        if refusal := picture_refused(address) if address else NO_PICTURE:
            raise forms.ValidationError(refusal)
        return address

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in WORDS]

    @property
    def letters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(LETTER)]

    @property
    def has_letters(self) -> bool:
        """Whether a letter says something more already, so that the page shows them at once."""
        return any(field.value() for field in self.letters)

    def rules(self, before: Rules) -> Rules:
        """Return the rules as they were filled in; what the page does not ask for stays as it was.

        :raises FaultsFound: if they do not fit together.
        """
        values = self.cleaned_data
        logo = "" if values["no_logo"] else values["logo"]
        sections: dict[str, Any] = {"language": values["language"], "look": {"colour": values["colour"], "logo": logo}}
        for (section, key), name in FIELDS.items():
            sections.setdefault(section, {})[key] = values[name]
        said = {name.removeprefix(LETTER): values[name].strip() for name in self.fields if name.startswith(LETTER)}
        return before.changed({**sections, "letters": {kind: text for kind, text in said.items() if text}})
