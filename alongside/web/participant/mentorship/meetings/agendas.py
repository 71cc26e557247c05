"""What a meeting can be about, by where it stands in the life of a mentorship: a beginning, for both to change."""

from django.utils.translation import gettext_lazy as _

from alongside.meetings.states import Stage

BEFORE_THE_FIRST = (
    _("What would you like to be different a year from now?"),
    _("What do you hope the other brings, and what do you bring?"),
    _("What would make you feel at ease, and what would you rather not talk about?"),
    _("When and where can you meet without being disturbed?"),
)
"""For each alone, before they meet for the first time."""

AGENDAS = {
    Stage.FIRST: (
        _("Who we are: how each of us came to be here"),
        _("What you want from this, and what I can offer"),
        _("How we work together: how often, how long, where, who arranges it"),
        _("What stays between us, and what could not"),
        _("One small thing to try before we meet again"),
        _("Are we both happy to go on? Each of us is asked in private in a few days."),
    ),
    Stage.SECOND: (
        _("What came of the one small thing?"),
        _("What do you want to reach, by when, and how will we both know?"),
        _("Our agreement: read it together, change what does not fit, sign it"),
        _("What to work on first"),
        _("Who does what until next time"),
    ),
    Stage.LATER: (
        _("How are you, and what is on your mind today?"),
        _("What happened since last time: what worked, what did not?"),
        _("What is the one thing we should spend most of our time on?"),
        _("What are the ways forward, and what speaks for each?"),
        _("What did you learn that you did not expect?"),
        _("Who does what until next time, and when do we meet?"),
    ),
    Stage.REVIEW: (
        _("We are about half-way. What has changed since we began?"),
        _("Each objective: reached, changed, dropped, or still the right one?"),
        _("What helps most in how we work? What would help more?"),
        _("Is there somebody else, or something else, you need besides me?"),
        _("What should the second half be about?"),
    ),
    Stage.LAST: (
        _("What did you set out for, and where are you now?"),
        _("What are you proud of? What came as a surprise?"),
        _("What did each of us learn from the other?"),
        _("What comes next for you, and who stands beside you then?"),
        _("Do we stay in touch, and how?"),
        _("Thank you"),
    ),
}


def suggested_agenda(stage: Stage) -> str:
    """Return the text from which an agenda begins, a line for each point."""
    return "\n".join(f"- {line}" for line in AGENDAS[stage])
