from alongside.applications import queries
from alongside.applications.models import Application, SheetImport
from alongside.kernel.permissions import Rule
from alongside.people.models import Person
from alongside.programmes.rules import run_programme

work_on_import: Rule[Person, SheetImport] = Rule(
    "work on this import",
    lambda person, sheet_import: run_programme.allows(person, sheet_import.programme),
    queries.imports_run_by,
)

decide_on_application: Rule[Person, Application] = Rule(
    "decide on this application",
    lambda person, application: application.sent_at is not None and run_programme.allows(person, application.programme),
    queries.applications_run_by,
)
