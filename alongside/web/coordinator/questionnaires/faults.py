"""What is wrong with a draft, each fault with the place on a page where it is put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from alongside.datafiles.checking import Fault, FaultsFound
from alongside.questionnaires.drafting import items_of
from alongside.questionnaires.models import Questionnaire
from alongside.questionnaires.reading import check


@dataclass(frozen=True)
class Placed:
    """A fault in words, the item it is in ("" for none) and the page that puts it right."""

    words: str
    item: str
    url: str


def faults_in(questionnaire: Questionnaire) -> list[Placed]:
    """Return everything that is wrong with what is written now; nothing where it can be published."""
    try:
        check({**questionnaire.draft, "id": questionnaire.key, "version": 1}, str(questionnaire))
    except FaultsFound as found:
        return [_placed(questionnaire, fault) for fault in found.faults]
    return []


def _placed(questionnaire: Questionnaire, fault: Fault) -> Placed:
    items, path = items_of(questionnaire.draft), fault.path
    if path[:1] == ("items",) and len(path) > 1 and isinstance(path[1], int) and path[1] < len(items):
        name = str(items[path[1]].get("id"))
        return Placed(fault.words, name, reverse("questionnaire_item", args=[questionnaire.ref, name]))
    return Placed(fault.words, "", _page(questionnaire, path))


def _page(questionnaire: Questionnaire, path: Sequence[Any]) -> str:
    part, ref = (path[0] if path else ""), questionnaire.ref
    if part == "scales" and len(path) > 1:
        return reverse("questionnaire_scale", args=[ref, path[1]])
    roles = questionnaire.draft.get("roles", [])
    if part == "roles" and len(path) > 1 and isinstance(path[1], int) and path[1] < len(roles):
        return reverse("questionnaire_role", args=[ref, roles[path[1]]["id"]])
    if part == "items":
        return reverse("questionnaire_new_item", args=[ref])
    pages = {"raters": "questionnaire_raters", "translations": "questionnaire_words"}
    return reverse(pages.get(str(part), "questionnaire_about"), args=[ref])
