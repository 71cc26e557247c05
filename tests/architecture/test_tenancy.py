"""What belongs to an organisation is walled off, and every door in the wall is listed with its reason."""

import re
from pathlib import Path

from django.apps import apps

from alongside.kernel.scope import OrganisationOwned, ScopedManager

CODE = Path(__file__).resolve().parents[2] / "alongside"

NOT_OF_ONE_ORGANISATION = {
    "audit.Entry": "holds its organisation as a value, so that erasure never fights it; scoped all the same",
    "directory.Search": "what somebody looked for, never who; of no organisation",
    "figures.Awareness": "what a survey found, of a network",
    "figures.Campaign": "of a network; who follows its links is not kept",
    "figures.Figure": "a count of a network, of no organisation",
    "figures.FrozenMonth": "that a network was counted",
    "figures.Target": "what a network wants",
    "figures.Visit": "how often a link was followed on a day, never by whom",
    "figures.Wording": "part of a network's campaign",
    "meetings.Feed": "one person's own calendar, over all their mentorships",
    "mentors.Approach": "where a mentor offered their help: theirs alone; read by saying whose",
    "mentors.Profile": "one mentor's own, over all organisations; read by saying whose, or of whom agreed to be found",
    "notifications.Email": "goes to a person; a sign-in email belongs to no organisation",
    "organisations.Network": "the whole that organisations are in",
    "organisations.Organisation": "is the boundary itself",
    "organisations.Stewardship": "looks after a network, not an organisation",
    "questionnaires.KeptResult": "one person's own, of a check that may be nobody's; read by saying whose, and sealed",
    "people.Person": "one person, one account, across all organisations",
}

# Where code reads past the scope in force: a file, and why it may.
PAST_THE_SCOPE = {
    "applications/queries.py": "what a person applied for; that one can apply is public; whose file lies on the disk",
    "applications/actions.py": "what the columns of an import mean to its organisation, for partners too",
    "assessments/models.py": "which organisations an assessor judges, whose evidence they read: by the scope in force",
    "assessments/queries.py": "scope is made from what a person was asked to score: their own",
    "concerns/models.py": "declares it; and what is in a concern has a manager of its own",
    "concerns/queries.py": "scope is made from what a person hears; clocks and links find one concern, shut",
    "audit/actions.py": "writes a row for the thing it is given",
    "audit/models.py": "declares it",
    "directory/actions.py": "which addresses of listings are taken",
    "directory/queries.py": "what an organisation puts before everybody",
    "enquiries/queries.py": "a visitor's own, by their link; what nobody received yet; counts and clocks, never who",
    "kernel/scope.py": "declares it",
    "programmes/models.py": "rules under a fingerprint name no person, and are reached through a programme alone",
    "mentors/actions.py": "forgets who made what names nobody any more",
    "mentors/models.py": "what is a mentor's own has a manager that asks whose",
    "mentors/queries.py": "what a mentor is asked, anywhere: their own",
    "matching/answer_links.py": "a signed link names its one row",
    "matching/queries.py": "what a person is asked, anywhere: their own; and how many questions a mentor has open",
    "groups/answer_links.py": "a signed link names its one row",
    "groups/queries.py": "what a person is asked, anywhere: their own; and how many questions a mentor has open",
    "kernel/editing.py": "writes the one row it is given",
    "meetings/queries.py": "a person's own meetings, for their calendar; and the one meeting a calendar's reply names",
    "mentorships/models.py": "what is inside a mentorship has a manager of its own",
    "mentorships/queries.py": "a person's own mentorships; and a count over all programmes, for a total capacity",
    "mentorships/rules.py": "whether a person is a member: their own",
    "messaging/queries.py": "whether a file on the disk belongs to anything, for upkeep: yes or no",
    "organisations/actions.py": "appoints to the organisation it is given",
    "organisations/queries.py": "scope is made from these roles",
    "placing/queries.py": "what a volunteer is asked, and counts: who is free, asked or placed, never who",
    "plans/queries.py": "in which mentorships a reminder is due, for the clocks: that one is, not of what",
    "reviews/queries.py": "a rater's link names their one row; and in which mentorships a clock is due: that one is",
    "reports/wanted.py": "which kinds of mentor the prices of matchings ask for: a topic and a region, never whose",
    "reports/who_sees_what.py": "what is known of a person, shown to that person",
    "programmes/queries.py": "scope is made from these programmes; and a person's own participations",
    "questionnaires/models.py": "what a person keeps for themselves has a manager that asks whose",
    "stories/queries.py": "what people tell everybody; and what a person told, anywhere: their own",
    "questionnaires/queries.py": "what an organisation asks names nobody; what a clock deletes and keys seal anew",
}
EVERYWHERE = {
    "applications/tasks.py": "a worker finds the import it is to go on with, then keeps to its organisation",
    "commands/demonstration/building.py": "the demonstration spans organisations",
    "commands/nationwide/building.py": "a made-up network spans organisations",
    "journeys/reseal.py": "the keys of the installation seal what is of every organisation",
    "journeys/run_clocks.py": "clocks run for all organisations at once",
    "journeys/tasks.py": "a worker finds the sending or matching it is to go on with, then keeps to its organisation",
    "kernel/scope.py": "declares it",
    "reports/demonstration.py": "the demonstration finds somebody to sign in as, in any organisation",
}


def _files_with(pattern: str) -> set[str]:
    return {
        str(file.relative_to(CODE))
        for file in CODE.rglob("*.py")
        if "migrations" not in file.parts and re.search(pattern, file.read_text())
    }


def test_every_table_belongs_to_an_organisation_or_says_why_not() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    free = {model._meta.label for model in ours if not issubclass(model, OrganisationOwned)}
    assert free == set(NOT_OF_ONE_ORGANISATION)


def test_every_organisation_owned_table_is_read_through_the_scope_first() -> None:
    for model in apps.get_models():
        if issubclass(model, OrganisationOwned):
            assert isinstance(model._default_manager, ScopedManager), model


def test_reading_past_the_scope_happens_only_where_it_is_listed() -> None:
    assert _files_with(r"\bunscoped\b|_base_manager") - {"kernel/lifecycle.py"} == set(PAST_THE_SCOPE)


def test_work_across_all_organisations_happens_only_where_it_is_listed() -> None:
    assert _files_with(r"\beverywhere\(|everything=True") == set(EVERYWHERE)


def test_a_scope_that_opens_a_concern_is_declared_in_two_places_alone() -> None:
    assert _files_with(r"Scope\.of\([^)]*\bconcerns=") == {"concerns/actions.py", "web/shared/access.py"}


def test_a_scope_that_opens_an_assessment_is_declared_in_one_place_alone() -> None:
    assert _files_with(r"Scope\.of\([^)]*\bassessments=") == {"web/shared/access.py"}
