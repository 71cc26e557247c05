"""A blueprint: a programme's rules under a name, with the questionnaires they ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from alongside.blueprints.rules import Rules
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.items import Id, Words

Kind = Literal["anyone", "business", "politics", "work", "volunteers"]


class BlueprintFile(Rules):
    """What stands in `blueprint.toml`: what the programme is, and how it runs."""

    id: Id
    version: int = Field(ge=1)
    title: Words
    summary: Words = Field(description="one sentence, for whoever picks it")
    about: str = Field("", description="Markdown: for whom it is, and what is particular to it")
    kind: Kind = "anyone"

    @cached_property
    def rules(self) -> Rules:
        """The rules alone."""
        return Rules(**{name: getattr(self, name) for name in Rules.model_fields})


@dataclass(frozen=True)
class Blueprint:
    """A blueprint as it was read: its file, and its questionnaires by id."""

    file: BlueprintFile
    questionnaires: Mapping[str, Definition]

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def rules(self) -> Rules:
        return self.file.rules

    @property
    def name(self) -> str:
        """What a programme keeps of where it came from."""
        return f"{self.file.id}@{self.file.version}"
