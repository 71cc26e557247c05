"""The form of one item: only the fields of its kind. It gives the item back as it stands in the draft."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alongside.questionnaires.drafting import entries_from, fresh_id, items_of, steps_from
from alongside.web.coordinator.questionnaires.condition_forms import Conditions, Limits
from alongside.web.coordinator.questionnaires.kinds import FILLS

Table = dict[str, Any]
CHOOSING = ("one", "many", "ranked")
LIMITED = ("many", "ranked")
SCALED = ("scale", "matrix")
NOT_ASKED = ("section", "explanation")
EXTENSIBLE = "attributes."


def lines_of(words: str) -> list[str]:
    """Return what stands on each line, without empty ones."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ItemForm(forms.Form):
    """What may be said of an item of one kind.

    :param draft: the whole questionnaire as it is written.
    :param item: as it stands there; for a new one its ``kind`` alone.
    :param above: before which item a new one stands; at the end where empty.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("The question"), max_length=2000)
    help = forms.CharField(
        label=_("A word of help"), help_text=_("Stands small under it."), max_length=1000, required=False
    )

    def __init__(
        self, data: Any = None, *, draft: Mapping[str, Any], item: Table, version: int, above: str = ""
    ) -> None:
        self.draft, self.item, self.kind = draft, item, str(item["kind"])
        self._conditions = Conditions(draft, item, above=above or str(item.get("id", "")))
        super().__init__(data, initial={**self._known(), "version": version})
        self._add_fields()

    def table(self) -> Table:
        """Return the item as it is to stand in the draft; what this form does not ask about stays as it was."""
        given = self.cleaned_data
        made = {**self.item, "text": given["text"], "help": given["help"]}
        made["id"] = self.item.get("id") or fresh_id(given["text"], [str(each.get("id")) for each in self._items])
        for name in ("required", "at_least", "at_most", "whole", "unit", "megabytes"):
            if name in given:
                made[name] = given[name]
        for name in ("earliest", "latest"):
            if name in given:
                made[name] = given[name].isoformat() if given[name] else None
        if "fills" in given:
            made["fills"] = f"{EXTENSIBLE}{given['attribute']}" if given["attribute"] else given["fills"]
        if self.kind == "consent":
            made["purpose"] = self.item.get("purpose") or made["id"]
        made["shown_if"] = self._conditions.table(given)
        return self._with_options(self._with_rows(self._with_scale(made)))

    def scales(self) -> dict[str, Any]:
        """Return the scales of the questionnaire, with one that was made here."""
        scales = dict(self.draft.get("scales", {}))
        if self._new_scale:
            scales[self._new_scale[0]] = self._new_scale[1]
        return scales

    def roles(self) -> list[Table]:
        """Return the roles of the questionnaire, with one that was made here."""
        roles = list(self.draft.get("roles", []))
        title = self.cleaned_data.get("new_role")
        return [*roles, {"id": self._new_role, "title": title}] if title else roles

    def _add_fields(self) -> None:
        if self.kind == "explanation":
            self.fields["text"] = forms.CharField(label=_("The words"), max_length=5000, widget=_area(5))
            self.fields["help"].widget = forms.HiddenInput()
        if self.kind == "section":
            self.fields["text"].label = _("The heading")
        for name, field in {**_of_kind(self.kind), **_of_questions(self.kind)}.items():
            self.fields[name] = field
        self._offer_scales()
        self._offer_options()
        conditions = self._conditions.fields()
        self.conditions = list(conditions)
        self.fields.update(conditions)
        last = ("required", "fills", "attribute", *conditions)
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _offer_scales(self) -> None:
        if self.kind not in SCALED:
            return
        scales = self.draft.get("scales", {})
        known = [(name, _scale_in_words(name, steps)) for name, steps in scales.items()]
        roles = [(role["id"], role.get("title") or role["id"]) for role in self.draft.get("roles", [])]
        self.fields["scale"].choices = [*known, ("", _("Make a new one below"))]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("None")), *roles]  # type: ignore[attr-defined]
        for row in self.item.get("rows", []) if self.kind == "matrix" else []:
            words = Truncator(str(row.get("text"))).chars(60)
            self.fields[f"role-{row['id']}"] = forms.ChoiceField(
                label=_("“%(row)s” counts towards") % {"row": words},
                choices=[("", _("None")), *roles],
                required=False,
                initial=row.get("role", ""),
            )
            self.fields[f"reverse-{row['id']}"] = forms.BooleanField(
                label=_("“%(row)s” counts the other way round") % {"row": words},
                required=False,
                initial=row.get("reverse", False),
            )

    def _offer_options(self) -> None:
        options = self.item.get("options", [])
        if self.kind == "many" and options:
            self.fields["alone"] = forms.MultipleChoiceField(
                label=_("Which of these go with no other answer?"),
                choices=[(option["id"], option["label"]) for option in options],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[option["id"] for option in options if option.get("alone")],
            )

    @property
    def limits(self) -> list[Limits]:
        """The fields of limits, question by question."""
        return self._conditions.limits(self)

    @property
    def conditions_said(self) -> bool:
        """Whether anything is said, rightly or not, of when it is shown."""
        return bool(self._conditions.left) or any(self[each].value() or self[each].errors for each in self.conditions)

    @property
    def _items(self) -> list[Table]:
        return items_of(self.draft)

    def _known(self) -> Table:
        known = {key: value for key, value in self.item.items() if key not in ("options", "rows", "shown_if")}
        known["options"] = "\n".join(option["label"] for option in self.item.get("options", []))
        known["rows"] = "\n".join(row["text"] for row in self.item.get("rows", []))
        fills = str(self.item.get("fills", ""))
        if fills.startswith(EXTENSIBLE):
            known |= {"fills": "", "attribute": fills.removeprefix(EXTENSIBLE)}
        return known

    def clean(self) -> Table:
        given = super().clean() or {}
        if self.kind in SCALED and not given.get("scale") and not lines_of(given.get("new_scale", "")):
            self.add_error("new_scale", _("Choose a scale above, or write the steps of a new one here."))
        if self.kind in CHOOSING and 0 < len(lines_of(given.get("options", ""))) < 2:
            self.add_error("options", _("Write two answers or more, each on a line of its own."))
        for low, high in (("at_least", "at_most"), ("earliest", "latest")):
            least, most = given.get(low), given.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(low, _("This is more than the most."))
        for name, words in self._conditions.wrong(given):
            self.add_error(name, words)
        return given

    @property
    def _new_scale(self) -> tuple[str, list[Table]] | None:
        lines = lines_of(self.cleaned_data.get("new_scale", ""))
        if not lines or self.cleaned_data.get("scale"):
            return None
        steps = steps_from(lines)
        return fresh_id(steps[-1]["label"], self.draft.get("scales", {}), otherwise="scale"), steps

    @property
    def _new_role(self) -> str:
        there = [role["id"] for role in self.draft.get("roles", [])]
        return fresh_id(self.cleaned_data["new_role"], there, otherwise="role")

    def _role(self) -> str:
        return self._new_role if self.cleaned_data.get("new_role") else self.cleaned_data.get("role", "")

    def _with_scale(self, made: Table) -> Table:
        if self.kind in SCALED:
            made["scale"] = self._new_scale[0] if self._new_scale else self.cleaned_data["scale"]
        if self.kind == "scale":
            made |= {"role": self._role(), "reverse": self.cleaned_data["reverse"]}
        return made

    def _with_rows(self, made: Table) -> Table:
        if self.kind != "matrix":
            return made
        before, given = self.item.get("rows", []), self.cleaned_data
        rows = entries_from(lines_of(given["rows"]), before, words="text", otherwise="row")
        for row in rows:
            told = f"role-{row['id']}"
            row["role"] = given[told] if given.get(told) else self._role() or given.get(told, row.get("role", ""))
            row["reverse"] = given.get(f"reverse-{row['id']}", row.get("reverse", False))
        return {**made, "rows": rows}

    def _with_options(self, made: Table) -> Table:
        if self.kind not in CHOOSING:
            return made
        options = entries_from(lines_of(self.cleaned_data["options"]), self.item.get("options", []))
        for option in options:
            if "alone" in self.cleaned_data:
                option["alone"] = option["id"] in self.cleaned_data["alone"]
        return {**made, "options": options}


def _scale_in_words(name: str, steps: list[Table]) -> str:
    labels = [str(step.get("label")) for step in steps]
    return f"{labels[0]} … {labels[-1]}" if labels else name


def _of_questions(kind: str) -> dict[str, forms.Field]:
    """Return the fields of everything that is answered."""
    if kind in NOT_ASKED:
        return {}
    fills = [("", _("Nothing of the kind")), *sorted(FILLS.items())]
    return {
        "required": forms.BooleanField(label=_("It has to be answered"), required=False),
        "fills": forms.ChoiceField(
            label=_("What the answer tells of a person"),
            help_text=_("So that it is asked only once, and matching can heed it."),
            choices=fills,
            required=False,
        ),
        "attribute": forms.RegexField(
            r"^[a-z][a-z0-9_-]*$",
            label=_("Something else about a person"),
            help_text=_("A word of your own, such as “party”, which rules of a programme can look at."),
            error_messages={"invalid": _("Use small letters, digits and hyphens, beginning with a letter.")},
            max_length=60,
            required=False,
        ),
    }


def _of_kind(kind: str) -> dict[str, forms.Field]:
    """Return the fields that only items of this kind have."""
    fields: dict[str, forms.Field] = {}
    if kind in CHOOSING:
        fields["options"] = forms.CharField(
            label=_("The answers to choose from"), help_text=_("Each on a line of its own."), widget=_area(6)
        )
    if kind in LIMITED:
        fields["at_least"] = forms.IntegerField(label=_("At least"), min_value=0, required=True, initial=0)
        fields["at_most"] = forms.IntegerField(label=_("At most"), min_value=1, required=False)
    if kind in ("text", "long_text"):
        most, usual = (1000, 200) if kind == "text" else (50_000, 5000)
        fields["at_most"] = forms.IntegerField(
            label=_("How long it may be, in letters"), min_value=1, max_value=most, initial=usual
        )
    if kind == "number":
        fields["at_least"] = forms.FloatField(label=_("At least"), required=False)
        fields["at_most"] = forms.FloatField(label=_("At most"), required=False)
        fields["unit"] = forms.CharField(
            label=_("Of what"), help_text=_("Such as “people”."), max_length=40, required=False
        )
        fields["whole"] = forms.BooleanField(label=_("Whole numbers only"), required=False, initial=True)
    if kind == "date":
        day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        fields["earliest"] = forms.DateField(label=_("Not before"), required=False, widget=day)
        fields["latest"] = forms.DateField(label=_("Not after"), required=False, widget=day)
    if kind == "file":
        fields["megabytes"] = forms.IntegerField(
            label=_("How large it may be, in megabytes"), min_value=1, max_value=50, initial=10
        )
    if kind == "matrix":
        fields["rows"] = forms.CharField(
            label=_("The statements"), help_text=_("Each on a line of its own."), widget=_area(6)
        )
    return fields | (_of_scales(kind) if kind in SCALED else {})


def _of_scales(kind: str) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "scale": forms.ChoiceField(label=_("The scale"), required=False),
        "new_scale": forms.CharField(
            label=_("The steps of a new scale"),
            help_text=_("From the least to the most, each on a line of its own. “0 = Never” says what a step counts."),
            widget=_area(5),
            required=False,
        ),
        "role": forms.ChoiceField(
            label=_("What it counts towards") if kind == "scale" else _("What new statements count towards"),
            required=False,
        ),
        "new_role": forms.CharField(
            label=_("Or towards something new"), help_text=_("Such as “Trust”."), max_length=120, required=False
        ),
    }
    if kind == "scale":
        fields["reverse"] = forms.BooleanField(
            label=_("It counts the other way round: much of it is little of the role"), required=False
        )
    return fields
