"""The words by which columns are known: of the fields, and of what is left out by default."""

from __future__ import annotations

import re

from alongside.sheets.fields import Field, SpecialCategory


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# What is no use for mentoring: the form's own bookkeeping.
BOOKKEEPING = re.compile(
    r"(?:timestamp|id|#|no\.?|start ?(?:time|date)(?: \(utc\))?|completion time|end ?date|submit date(?:"
    r" \(utc\))?"
    r"|submission date|last modified time|language of form|response ?id|respondent ?id|collector ?id"
    r"|network id"
    r"|recorded ?date|status|ip ?address|progress|duration \(in seconds\)|finished|response type|stage date.*"
    r"|recipient (?:first|last)? ?name|recipient ?(?:first ?name|last ?name|email)|external ?(?:data)?"
    r" ?reference"
    r"|location ?(?:latitude|longitude)|distribution ?channel|user ?language|q_.*|tags|ending|points.*"
    r"|feedback.*"
    r"|quiz feedback|grade posted time|total points|score|row|record ?(?:id|number)|unique id)",
    re.IGNORECASE,
)

# In order: the first that fits decides, so the narrower stand before the wider.
FIELD_WORDS: tuple[tuple[Field, re.Pattern[str], float], ...] = (
    (Field.IGNORE, _words(r"manager'?s? e-?mail|emergency contact|next of kin|referee\w*|line manager.*"), 0.7),
    (Field.EMAIL, _words(r"e-?mails?|e-?mail addresses?|e-?bost|correo|courriel|mailadresse"), 0.95),
    (Field.ATTRIBUTE, _words(r"tele?phone|phone|mobile|tel|ffôn|whatsapp|linkedin|website|url"), 0.9),
    (
        Field.ATTRIBUTE,
        _words(r"consent\w*|do you agree|i agree|agree to|privacy notice|data protection|gdpr|terms and conditions"),
        0.85,
    ),
    (
        Field.AVOIDS,
        _words(
            r"(?:not|never|n't|rather not) (?:\w+ ){0,4}(?:matched|paired|match(?:ed)? with|work with|be"
            r" with)"
            r"|avoids?|exclu(?:de|sions?)|conflicts? of interest|keep apart|do not match|anyone you should"
            r" not"
        ),
        0.9,
    ),
    (
        Field.PREFERS,
        _words(
            r"prefer(?:red|s)? (?:a )?(?:mentors?|mentees?|match|person|partner)|in mind|named mentors?"
            r"|requested"
            r"|(?:like|want|ask|request)(?:ed)? (?:\w+ ){0,4}(?:matched|paired) with|would you like as your"
            r"|already know|choice of mentor|mentor (?:choice|preference)|who would you like|prefers"
            r"|specific (?:mentor|mentee|person)"
        ),
        0.85,
    ),
    (
        Field.CAPACITY,
        _words(
            r"how many (?:\w+ ){0,3}(?:mentees?|people|pairs|mentors?)|capacity|(?:max\w*|number of) (?:\w+"
            r" ){0,2}"
            r"(?:mentees?|pairs|people)|mentees? (?:you )?(?:can|could|would)|places offered|number to mentor"
        ),
        0.95,
    ),
    (
        Field.MAX_DISTANCE,
        _words(
            r"how far|distance|travel|miles|radius|kilomet(?:re|er)s?|willing to travel"
        ),
        0.85,
    ),
    (
        Field.MEETING_MODE,
        _words(
            r"meet(?:ing)? (?:\w+ ){0,3}(?:online|remote(?:ly)?|face|person|mode|format|prefer\w*|type"
            r"|method)|online or"
            r"|(?:remote(?:ly)?|online|virtual(?:ly)?|face[- ]to[- ]face|in[- ]person)|how would you (?:\w+"
            r" ){0,2}meet"
            r"|mode of (?:meeting|contact)|meeting (?:mode|style|preference)|(?:mode|format|method) of"
            r" meetings?"
        ),
        0.85,
    ),
    (
        Field.AVAILABILITY,
        _words(
            r"availab\w*|when (?:can|could|are|would) you|what times?|which (?:days|times|evenings)|days"
            r" and times"
            r"|free to meet|times? (?:you|that) (?:can|suit)|best times?|days|what days?|argaeledd"
        ),
        0.9,
    ),
    (Field.LANGUAGES, _words(r"languages?|speak|ieithoedd|iaith|spoken"), 0.9),
    (
        Field.ROLE,
        re.compile(
            r"(?:role|type|participant type|mentor|mentor ?/ ?mentee|mentor or mentee\??|are you (?:a |an"
            r" )?mentor.*"
            r"|both mentor and mentee|.*(?:sign(?:ing)? up|apply(?:ing)?|register(?:ing)?|join(?:ing)?|take"
            r" part"
            r"|taking part|participat\w+)\b.*\b(?:as|to be)\b.*|(?:do|would) you (?:want|like|wish) to"
            r" be(?:come)? (?:a )?"
            r"ment(?:or|ee)\b.*|i (?:would like|want|wish) to be.*|your role in the (?:programme|scheme).*"
            r"|mentoring role|programme role|i am (?:a|applying).*|.*as an? (?:mentor|mentee|both).*\?)",
            re.IGNORECASE,
        ),
        0.85,
    ),
    (Field.FIRST_NAME, _words(r"first[- _]?names?|fore-?names?|given names?|christian name|enw cyntaf|pr[eé]nom|vorname"), 0.97),
    (Field.LAST_NAME, _words(r"last[- _]?names?|sur-?names?|family names?|cyfenw|nachname|apellidos?"), 0.97),
    (
        Field.SENIORITY,
        _words(
            r"seniority|grade|band|career (?:level|stage)|job level|level of (?:responsibility|seniority"
            r"|experience)"
            r"|years(?: of)?(?: \w+)? experience|how (?:long|many years)|management level|rank|years in"
            r" (?:\w+ ?){1,3}"
        ),
        0.85,
    ),
    (
        Field.JOB_TITLE,
        _words(r"job|job ?titles?|job role|position|occupation|current role|swydd|title or role|post held|your role"),
        0.9,
    ),
    (
        Field.NEEDS,
        _words(
            r"needs?|help(?:ed)? with|support (?:\w+ ){0,3}(?:with|on|in)|support needed|looking for"
            r"|hop(?:e|ing) to"
            r"|want to (?:\w+ ){0,2}(?:learn|develop|work on|achieve|improve|get)|areas? (?:for|of|to)"
            r" (?:development|"
            r"develop|improvement|support)|development areas?|goals?|challenges?|priorit(?:y|ies)|like help"
            r"|learn|gain from|seeking|topics? (?:\w+ ){0,3}(?:need|want|like)|objectives?|anghenion"
            r"|interested in"
        ),
        0.85,
    ),
    (
        Field.EXPERTISE,
        _words(
            r"expert(?:ise)?|skills?|strengths?|can (?:you )?(?:help|offer|share|support|mentor)|able to"
            r" (?:help|offer|share)"
            r"|could you (?:help|offer|share)|specialisms?|speciali[sz]ations?|knowledge|experience(?:d)?"
            r" (?:in|of|with)"
            r"|areas of experience|offer|arbenigedd|competenc\w+|experience"
        ),
        0.85,
    ),
    (Field.SECTOR, _words(r"sectors?|industr(?:y|ies)|line of business|type of business|field of work|trade|profession|function"), 0.9),
    (
        Field.ORGANISATION,
        _words(
            r"organi[sz]ation|company|employer|business name|firm|charity|authority|council|department|agency"
            r"|where do you work|workplace|name of (?:your )?(?:business|company)|business|sefydliad"
            r"|institution|school"
        ),
        0.9,
    ),
    (
        Field.PLACE,
        _words(
            r"post ?codes?|zip(?: ?code)?|towns?|city|cities|location|where (?:do|are) you (?:live|based)"
            r"|based|place"
            r"|region|county|home address|address|lleoliad|côd post|tref|area you live|area|nation|where in"
        ),
        0.85,
    ),
    (Field.NAME, _words(r"names?|full name|enw|your name|mentee|participant|person|naam|nombre|nom"), 0.85),
    (
        Field.TEXT,
        _words(
            r"about (?:you|yourself|me)|bio(?:graphy)?|comments?|notes?|anything else|tell us|describe"
            r"|profile"
            r"|personal statement|background|why (?:do|would|are)|further information|other information"
            r"|summary|motivation"
        ),
        0.8,
    ),
)  # fmt: skip

SPECIAL_WORDS: tuple[tuple[SpecialCategory, re.Pattern[str]], ...] = (
    (
        SpecialCategory.CRIMINAL_RECORD,
        _words(r"criminal\w*|convict\w*|offen[cs]es?|offend\w*|dbs|police check|pvg|disclosure and barring|cautions?"),
    ),
    (
        SpecialCategory.TRADE_UNION,
        _words(r"trade[- ]unions?|union (?:member\w*|rep\w*)|(?:member|rep\w*) of a(?: trade)? union|unison|which union"),
    ),
    (
        SpecialCategory.HEALTH,
        _words(
            r"disab\w*|health|impair\w*|medical|illness\w*|neuro-?diver\w*|mental|autis\w*|dyslex\w*|adhd"
            r"|wheelchair"
            r"|long[- ]term condition|access (?:needs?|requirements?)|reasonable adjustments?|dietary"
            r"|allerg\w*|anabl\w*"
            r"|pregnan\w*|hearing loss|deaf|medication|adjustments?|accessib\w*"
        ),
    ),
    (SpecialCategory.ETHNICITY, _words(r"ethnic\w*|race|racial|heritage|skin colou?r|bame|bme|global majority|ethnigrwydd")),
    (SpecialCategory.BELIEF, _words(r"relig\w*|beliefs?|faiths?|denomination|church|crefydd|worship")),
    (
        SpecialCategory.POLITICS,
        _words(
            r"politic\w*|(?<!third )(?<!third-)party|part(?:y|ies) (?:member\w*|affiliation)|vot(?:e|ed"
            r"|ing)|plaid"
        ),
    ),
    (SpecialCategory.SEXUALITY, _words(r"sexual\w*|sexuality|orientation|lgbt\w*|gay|lesbian|bisexual|queer")),
    (
        SpecialCategory.CONFIDENTIAL,
        _words(
            r"gender\w*|sex|trans|pronouns?|age|ages|age (?:group|range|band)|date of birth|dob|d\.o\.b"
            r"|birth\w*|born"
            r"|national insurance|ni number|passport|immigration|visa|nationality|marital|married|caring"
            r"|carer"
            r"|identit(?:y|ies)|characteristics?|equality|diversity|women|woman|male|female|salary|income"
            r"|rhyw|oed"
            r"|sort code|bank account|country of birth|refugee|asylum|care leaver|social class|free school"
            r" meals"
        ),
    ),
)  # fmt: skip

# Answers that give a special category away whatever the header says; compared whole, without case.
SPECIAL_ANSWERS: dict[SpecialCategory, frozenset[str]] = {
    SpecialCategory.SEXUALITY: frozenset(
        "heterosexual|straight|heterosexual or straight|heterosexual/straight|gay|lesbian|gay or lesbian"
        "|bisexual"
        "|bi|bisexual or pansexual|pansexual|asexual|asexual or aromantic|queer|gay man|gay woman".split("|")
    ),
    SpecialCategory.ETHNICITY: frozenset(
        "white british|white irish|white other|any other white background|black british|black african"
        "|black caribbean|asian british|british asian|mixed race|mixed|south asian|white|black|asian"
        "|white - british|arab|roma|gypsy or irish traveller|chinese|pakistani|bangladeshi|indian"
        "|white and black caribbean|white and asian|mixed or multiple ethnic groups".split("|")
    ),
    SpecialCategory.BELIEF: frozenset(
        "christian|christianity|muslim|islam|hindu|hinduism|sikh|sikhism|jewish|judaism|buddhist|buddhism"
        "|no religion|atheist|agnostic|humanist|catholic|church of england|quaker|pagan".split("|")
    ),
    SpecialCategory.POLITICS: frozenset(
        "labour|conservative|liberal democrat|liberal democrats|lib dem|green party|reform uk|plaid cymru|snp"
        "|labour party|conservative party|sinn féin|sinn fein|dup|sdlp|uup|alliance|ukip|the labour party"
        "|scottish national party|labour and co-operative".split("|")
    ),
    SpecialCategory.HEALTH: frozenset(
        "dyslexia|dyspraxia|autism|adhd|autistic|depression|anxiety|diabetes|wheelchair user|epilepsy"
        "|hearing impairment|visual impairment|deaf|blind|disabled|not disabled|mental health condition".split(
            "|"
        )
    ),
    SpecialCategory.CONFIDENTIAL: frozenset(
        "male|female|man|woman|non-binary|nonbinary|transgender|he/him|she/her|they/them|18-24|25-34|35-44"
        "|45-54"
        "|55-64|65+|under 25".split("|")
    ),
}
