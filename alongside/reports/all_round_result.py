"""What came of a 360-degree review, for a page and for paper alike: made of what was kept when it closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.printing.documents import Document, Fact, pdf
from alongside.printing.marked import Block, blocks_of, own_words
from alongside.questionnaires.definition import Definition, Role
from alongside.reviews.counting import ONESELF, OTHERS, POOLED
from alongside.reviews.models import AllRoundReview

MOST = 5
"""How many differences, and at most how many strengths, stand out."""
APART = 0.5
"""From how many steps of the scale a difference is worth talking about."""


@dataclass(frozen=True)
class Voice:
    """One line of the picture: oneself, a group, or groups together, and how many that is."""

    id: str
    title: str
    answered: int


@dataclass(frozen=True)
class RoleRow:
    """One role as each voice sees it, in per cent of the way along the scale; ``others`` is all of them together."""

    role: Role
    figures: tuple[float | None, ...]
    others: float | None


@dataclass(frozen=True)
class Difference:
    """A statement that oneself and others see differently: both means, on the scale."""

    text: str
    oneself: float
    others: float

    @property
    def gap(self) -> float:
        return round(self.oneself - self.others, 1)


@dataclass(frozen=True)
class Said:
    """What one voice wrote to an open question, each by itself, in no order of arrival."""

    question: str
    voice: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """All that is shown of a review that closed."""

    voices: tuple[Voice, ...]
    too_few: tuple[str, ...]
    roles: tuple[RoleRow, ...]
    differences: tuple[Difference, ...]
    strengths: tuple[RoleRow, ...]
    to_work_on: tuple[RoleRow, ...]
    said: tuple[Said, ...]

    @property
    def has_others(self) -> bool:
        return any(voice.id != ONESELF for voice in self.voices)


def outcome_of(review: AllRoundReview) -> Outcome:
    """Return what is shown of a review that closed.

    :raises NoScope: if the scope in force does not name its mentorship.
    """
    definition, kept = review.definition, review.result
    voices = _voices(definition, kept)
    roles = tuple(_role(role, voices, kept["roles"]) for role in definition.roles)
    ranked = sorted((row for row in roles if row.others is not None), key=lambda row: -(row.others or 0))
    half = min(2, len(ranked) // 2)
    return Outcome(
        voices=voices,
        too_few=tuple(_titles(definition, kept["too_few"])),
        roles=roles,
        differences=tuple(_differences(definition, kept["means"])),
        strengths=tuple(ranked[:half]),
        to_work_on=tuple(reversed(ranked[len(ranked) - half :])) if half else (),
        said=tuple(_said(definition, voices, kept["words"])),
    )


def all_round_pdf(review: AllRoundReview, *, at: datetime) -> bytes:
    """Return what came of a review as a PDF."""
    return pdf(all_round_document(review), at=at)


def all_round_document(review: AllRoundReview) -> Document:
    """Return what stands on paper."""
    found, name = outcome_of(review), review.mentee.participant.person.name
    day = date_format(timezone.localtime(review.closed_at), "j F Y") if review.closed_at else ""
    return Document(
        title=review.definition.title,
        subtitle=_("%(name)s, %(day)s") % {"name": name, "day": day},
        blocks=[*_figures(found), *_on_top(found), *_own_words(found)],
        language=get_language() or "en",
        facts_title=_("Who answered"),
        facts=[Fact(voice.title, str(voice.answered)) for voice in found.voices],
        page=_("Page"),
        of=_("of"),
    )


def _voices(definition: Definition, kept: dict[str, list[dict[str, object]]]) -> tuple[Voice, ...]:
    own = [Voice(ONESELF, _("Oneself"), 1)] if kept["oneself"] else []
    return (*own, *(_voice(definition, unit) for unit in kept["units"]))


def _voice(definition: Definition, unit: dict[str, object]) -> Voice:
    groups = _titles(definition, unit["groups"])  # type: ignore[arg-type]
    title = _("%(groups)s, together") % {"groups": ", ".join(groups)} if unit["id"] == POOLED else groups[0]
    return Voice(str(unit["id"]), title, int(str(unit["answered"])))


def _titles(definition: Definition, ids: Sequence[str]) -> list[str]:
    return [group.title for group in definition.raters if group.id in ids]


def _role(role: Role, voices: Sequence[Voice], kept: dict[str, dict[str, float | None]]) -> RoleRow:
    figures = tuple(kept[voice.id][role.id] for voice in voices)
    return RoleRow(role, figures, kept.get(OTHERS, {}).get(role.id))


def _differences(definition: Definition, means: dict[str, dict[str, float]]) -> list[Difference]:
    """Return where oneself and others lie furthest apart, the furthest first."""
    own, others = means.get(ONESELF, {}), means.get(OTHERS, {})
    both = [each for each in definition.questions if each.id in own and each.id in others]
    found = [Difference(each.text, own[each.id], others[each.id]) for each in both]
    apart = [each for each in found if abs(each.gap) >= APART]
    return sorted(apart, key=lambda each: -abs(each.gap))[:MOST]


def _said(definition: Definition, voices: Sequence[Voice], words: dict[str, dict[str, list[str]]]) -> list[Said]:
    return [
        Said(question.text, voice.title, tuple(words[voice.id][question.id]))
        for question in definition.questions
        for voice in voices
        if question.id in words.get(voice.id, {})
    ]


def _figures(found: Outcome) -> list[Block]:
    parts = [Block("heading", (_("How each sees it (0 to 100)"),))]
    for row in found.roles:
        said = [f"{voice.title} {_in_words(figure)}" for voice, figure in zip(found.voices, row.figures, strict=True)]
        parts.append(Block("item", (f"{row.role.title}: {', '.join(said)}",)))
    if found.too_few:
        parts.append(Block("paragraph", (_("Not enough answers: %(groups)s.") % {"groups": ", ".join(found.too_few)},)))
    return parts


def _on_top(found: Outcome) -> list[Block]:
    lists = (
        (_("Seen most often"), [row.role.title for row in found.strengths]),
        (_("To work on"), [row.role.title for row in found.to_work_on]),
        (
            _("Where oneself and others differ most"),
            [_("%(text)s: oneself %(own)s, others %(others)s") % vars_of(each) for each in found.differences],
        ),
    )
    return [
        block
        for title, rows in lists
        if rows
        for block in (Block("heading", (title,)), *(Block("item", (row,)) for row in rows))
    ]


def vars_of(each: Difference) -> dict[str, object]:
    """Return a difference as words in a sentence take it."""
    return {"text": each.text, "own": each.oneself, "others": each.others}


def _own_words(found: Outcome) -> list[Block]:
    parts: list[Block] = []
    for said in found.said:
        parts.append(Block("heading", (f"{said.question} ({said.voice})",)))
        for words in said.words:
            parts += blocks_of(own_words(words))
    return parts


def _in_words(figure: float | None) -> str:
    return _("not enough answers") if figure is None else f"{figure:g}"
