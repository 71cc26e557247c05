from django.utils.translation import get_language

from alongside.questionnaires.definition import Definition


def for_reader(definition: Definition) -> Definition:
    """Return a questionnaire in the language of whoever reads the page, as far as it was translated."""
    return definition.in_language(get_language() or "")
