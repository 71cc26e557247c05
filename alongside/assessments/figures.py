"""What Alongside can measure of an organisation: the names that standards use. `reports/measured.py` counts them."""

FIGURES = (
    "applications_decided",
    "applications_accepted",
    "declined_with_reason",
    "conversations_noted",
    "mentors_inducted",
    "choice_offered",
    "days_to_matched",
    "agreements_signed",
    "silent_mentorships",
    "objectives_agreed",
    "endings_with_reason",
    "surveys_answered",
)
