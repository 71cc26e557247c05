"""A questionnaire in the language of its reader, and in the words of the programme that asks it."""

from functools import lru_cache

from django.utils.translation import get_language

from alongside.kernel.vocabulary import said_in, words_in_force
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import shipped
from alongside.questionnaires.translating import translatable, translated


def for_reader(definition: Definition) -> Definition:
    """Return a questionnaire as the reader is to read it; only words differ, never what an answer means.

    It is in their language as far as it was translated. Where it comes with us and a programme speaks, our words are
    said in its own; what an organisation wrote itself stays as it was written.
    """
    language, words = get_language() or "", words_in_force()
    if words and shipped().get((definition.id, definition.version)) is definition:
        return _said(definition.id, definition.version, language, words)
    return definition.in_language(language)


@lru_cache(maxsize=500)
def _said(name: str, version: int, language: str, words: tuple[tuple[str, str], ...]) -> Definition:
    """Say a questionnaire of ours in other words: kept, as it takes far longer than to show a page."""
    table = shipped()[name, version].in_language(language).model_dump(mode="json", by_alias=True)
    said = {place: said_in(text, words) for place, text in translatable(table)}
    return Definition.model_validate(translated(table, said) | {"translations": {}})
