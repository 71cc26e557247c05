"""The words by which columns are known."""

from __future__ import annotations

import re

from alongside.sheets.fields import Field


def words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# What is no use for mentoring: the form's own bookkeeping.
BOOKKEEPING = re.compile(
    r"(?:timestamp|id|#|no\.?|start ?(?:time|date)(?: \(utc\))?|completion time|end ?date"
    r"|submit date(?: \(utc\))?|submission date|last modified time|language of form|response ?id"
    r"|respondent ?id|collector ?id|network id|recorded ?date|status|ip ?address|progress"
    r"|duration \(in seconds\)|finished|response type|stage date.*|recipient (?:first|last)? ?name"
    r"|recipient ?(?:first ?name|last ?name|email)|external ?(?:data)? ?reference|location ?(?:latitude"
    r"|longitude)|distribution ?channel|user ?language|q_.*|tags|ending|points.*|feedback.*|quiz feedback"
    r"|grade posted time|total points|score|row|record ?(?:id|number)|unique id)",
    re.IGNORECASE,
)

# In order: the first that fits decides, so the narrower stand before the wider.
FIELD_WORDS: tuple[tuple[Field, re.Pattern[str], float], ...] = (
    (Field.IGNORE, words(
        r"manager'?s? e-?mail|emergency contact|next of kin|referee\w*|line manager.*"
    ), 0.7),
    (Field.EMAIL, words(r"e-?mails?|e-?mail addresses?|e-?bost|correo|courriel|mailadresse"), 0.95),
    (Field.ATTRIBUTE, words(r"tele?phone|phone|mobile|tel|ffôn|whatsapp|linkedin|website|url"), 0.9),
    (
        Field.ATTRIBUTE,
        words(
            r"consent\w*|do you agree|i agree|agree to|privacy notice|data protection|gdpr"
            r"|terms and conditions"
        ),
        0.85,
    ),
    (
        Field.AVOIDS,
        words(
            r"(?:not|never|n't|rather not) (?:\w+ ){0,4}(?:matched|paired|match(?:ed)? with|work with"
            r"|be with)|avoids?|exclu(?:de|sions?)|conflicts? of interest|keep apart|do not match"
            r"|anyone you should not"
        ),
        0.9,
    ),
    (
        Field.PREFERS,
        words(
            r"prefer(?:red|s)? (?:a )?(?:mentors?|mentees?|match|person|partner)|in mind|named mentors?"
            r"|requested|(?:like|want|ask|request)(?:ed)? (?:\w+ ){0,4}(?:matched|paired) with"
            r"|would you like as your|already know|choice of mentor|mentor (?:choices?|preferences?)"
            r"|who would you like|prefers|specific (?:mentor|mentee|person)"
        ),
        0.85,
    ),
    (
        Field.CAPACITY,
        words(
            r"how many (?:\w+ ){0,3}(?:mentees?|people|pairs|mentors?)|capacity|(?:max\w*"
            r"|number of) (?:\w+ ){0,2}(?:mentees?|pairs|people)|mentees? (?:you )?(?:can|could|would)"
            r"|places offered|number to mentor"
        ),
        0.95,
    ),
    (
        Field.MAX_DISTANCE,
        words(
            r"how far|distance|travel|miles|radius|kilomet(?:re|er)s?|willing to travel"
        ),
        0.85,
    ),
    (
        Field.MEETING_MODE,
        words(
            r"meet(?:ing)? (?:\w+ ){0,3}(?:online|remote(?:ly)?|face|person|mode|format|prefer\w*|type"
            r"|method)|online or|(?:remote(?:ly)?|online|virtual(?:ly)?|face[- ]to[- ]face|in[- ]person)"
            r"|how would you (?:\w+ ){0,2}meet|mode of (?:meeting|contact)|meeting (?:mode|style"
            r"|preference)|(?:mode|format|method) of meetings?"
        ),
        0.85,
    ),
    (
        Field.AVAILABILITY,
        words(
            r"availab\w*|when (?:can|could|are|would) you|what times?|which (?:days|times|evenings)"
            r"|days and times|free to meet|times? (?:you|that) (?:can|suit)|best times?|days|what days?"
            r"|argaeledd"
        ),
        0.9,
    ),
    (Field.LANGUAGES, words(r"languages?|speak|ieithoedd|iaith|spoken"), 0.9),
    (
        Field.KIND,
        re.compile(r"(?:kinds?|(?:kind|type|sort)s? of mentors?|mentor (?:kind|type|sort))", re.IGNORECASE),
        0.9,
    ),
    (
        Field.ROLE,
        re.compile(
            r"(?:role|type|participant type|mentor|mentor ?/ ?mentee|mentor or mentee\??|are you (?:a "
            r"|an )?mentor.*|both mentor and mentee|.*(?:sign(?:ing)? up|apply(?:ing)?|register(?:ing)?"
            r"|join(?:ing)?|take part|taking part|participat\w+)\b.*\b(?:as|to be)\b.*|(?:do"
            r"|would) you (?:want|like|wish) to be(?:come)? (?:a )?ment(?:or|ee)\b.*|i (?:would like|want"
            r"|wish) to be.*|your role in the (?:programme|scheme).*|mentoring role|programme role"
            r"|i am (?:a|applying).*|.*as an? (?:mentor|mentee|both).*\?)",
            re.IGNORECASE,
        ),
        0.85,
    ),
    (Field.FIRST_NAME, words(
        r"first[- _]?names?|fore-?names?|given names?|christian name|enw cyntaf|pr[eé]nom|vorname"
    ), 0.97),
    (Field.LAST_NAME, words(r"last[- _]?names?|sur-?names?|family names?|cyfenw|nachname|apellidos?"), 0.97),
    (
        Field.SENIORITY,
        words(
            r"seniority|grade|band|career (?:level|stage)|job level|level of (?:responsibility|seniority"
            r"|experience)|years(?: of)?(?: \w+)? experience|how (?:long|many years)|management level"
            r"|years in (?:\w+ ?){1,3}"
        ),
        0.85,
    ),
    (
        Field.JOB_TITLE,
        words(
            r"job|job ?titles?|job role|position|occupation|current role|swydd|title or role"
            r"|post held|your role"
        ),
        0.9,
    ),
    (
        Field.EXPERTISE,
        words(
            r"(?:can|could|able to|willing to|happy to) (?:you )?(?:help|offer|share|support|mentor|give"
            r"|advise)|expertise|you (?:can|could) (?:help|offer|share|support|give)|help others"
            r"|you offer|skills (?:you|i) (?:have|bring|can)"
        ),
        0.9,
    ),
    (
        Field.NEEDS,
        words(
            r"needs?|help(?:ed)? with|help you|support (?:\w+ ){0,3}(?:with|on|in)|support needed"
            r"|looking for|hop(?:e|ing) to|want to (?:\w+ ){0,2}(?:learn|develop|work on|achieve|improve"
            r"|get)|areas? (?:for|of|to) (?:development|develop|improvement|support)|development areas?"
            r"|goals?|challenges?|priorit(?:y|ies)|like help|learn|gain from|seeking"
            r"|topics? (?:\w+ ){0,3}(?:need|want|like)|objectives?|anghenion|interested in"
        ),
        0.85,
    ),
    (
        Field.EXPERTISE,
        words(
            r"expert(?:ise)?|skills?|strengths?|can (?:you )?(?:help|offer|share|support|mentor)"
            r"|able to (?:help|offer|share)|could you (?:help|offer|share)|specialisms?"
            r"|speciali[sz]ations?|knowledge|experience(?:d)? (?:in|of|with)|areas of experience|offer"
            r"|arbenigedd|competenc\w+|experience"
        ),
        0.85,
    ),
    (Field.SECTOR, words(
        r"sectors?|industr(?:y|ies)|line of business|type of business|field of work|trade"
        r"|profession|function"
    ), 0.9),
    (
        Field.ORGANISATION,
        words(
            r"organi[sz]ation|company|employer|business name|firm|charity|authority|council|department"
            r"|agency|where do you work|workplace|name of (?:your )?(?:business|company)|business"
            r"|sefydliad|institution|school"
        ),
        0.9,
    ),
    (
        Field.PLACE,
        words(
            r"post ?codes?|zip(?: ?code)?|towns?|city|cities|location|where (?:do|are) you (?:live|based)"
            r"|based|place|region|county|home address|address|lleoliad|côd post|tref|area you live|area"
            r"|nation|where in"
        ),
        0.85,
    ),
    (Field.NAME, words(r"names?|full name|enw|your name|mentee|participant|person|naam|nombre|nom"), 0.85),
    (
        Field.TEXT,
        words(
            r"about (?:you|yourself|me)|bio(?:graphy)?|comments?|notes?|anything else|tell us|describe"
            r"|profile|personal statement|background|why (?:do|would|are)|further information"
            r"|other information|summary|motivation"
        ),
        0.8,
    ),
)  # fmt: skip
