"""The words and answers by which special-category data is known, to be left out by default."""

from __future__ import annotations

import re

from alongside.sheets.fields import SpecialCategory
from alongside.sheets.marks import one_of
from alongside.sheets.vocabulary import words

SPECIAL_WORDS: tuple[tuple[SpecialCategory, re.Pattern[str]], ...] = (
    (
        SpecialCategory.CRIMINAL_RECORD,
        words(
            r"criminal\w*|convict\w*|offen[cs]es?|offend\w*|dbs|police check|pvg"
            r"|disclosure and barring|cautions?"
        ),
    ),
    (
        SpecialCategory.TRADE_UNION,
        words(
            r"trade[- ]unions?|union (?:member\w*|rep\w*)|(?:member|rep\w*) of a(?: trade)? union"
            r"|unison|which union"
        ),
    ),
    (
        SpecialCategory.HEALTH,
        words(
            r"disab\w*|health|impair\w*|medical|illness\w*|neuro-?diver\w*|mental|autis\w*|dyslex\w*|adhd"
            r"|wheelchair|long[- ]term condition|access (?:needs?|requirements?)|reasonable adjustments?"
            r"|dietary|allerg\w*|anabl\w*|pregnan\w*|hearing loss|deaf|medication|adjustments?|accessib\w*"
        ),
    ),
    (SpecialCategory.ETHNICITY, words(
        r"ethnic\w*|race|racial|heritage|skin colou?r|bame|bme|global majority|ethnigrwydd"
    )),
    (SpecialCategory.BELIEF, words(r"relig\w*|beliefs?|faiths?|denomination|church|crefydd|worship")),
    (
        SpecialCategory.POLITICS,
        words(
            r"politic\w*|(?<!third )(?<!third-)party|part(?:y|ies) (?:member\w*|affiliation)|vot(?:e|ed"
            r"|ing)|plaid"
        ),
    ),
    (SpecialCategory.SEXUALITY, words(r"sexual\w*|sexuality|orientation|lgbt\w*|gay|lesbian|bisexual|queer")),
    (
        SpecialCategory.CONFIDENTIAL,
        words(
            r"gender\w*|sex|trans|pronouns?|age|ages|age (?:group|range|band)|date of birth|dob|d\.o\.b"
            r"|birth\w*|born|national insurance|ni number|passport|immigration|visa|nationality|marital"
            r"|married|caring|carer|identit(?:y|ies)|characteristics?|equality|diversity|women|woman|male"
            r"|female|salary|income|rhyw|oed|sort code|bank account|country of birth|refugee|asylum"
            r"|care leaver|social class|free school meals"
        ),
    ),
)  # fmt: skip

# Answers that give a special category away whatever the header says; compared whole, without case.
SPECIAL_ANSWERS: dict[SpecialCategory, frozenset[str]] = {
    SpecialCategory.SEXUALITY: one_of(
        "heterosexual|straight|heterosexual or straight|heterosexual/straight|gay|lesbian|gay or lesbian"
        "|bisexual|bi|bisexual or pansexual|pansexual|asexual|asexual or aromantic|queer|gay man|gay woman"
    ),
    SpecialCategory.ETHNICITY: one_of(
        "white british|white irish|white other|any other white background|black british|black african"
        "|black caribbean|asian british|british asian|mixed race|mixed|south asian|white|black|asian"
        "|white - british|arab|roma|gypsy or irish traveller|chinese|pakistani|bangladeshi|indian"
        "|white and black caribbean|white and asian|mixed or multiple ethnic groups"
    ),
    SpecialCategory.BELIEF: one_of(
        "christian|christianity|muslim|islam|hindu|hinduism|sikh|sikhism|jewish|judaism|buddhist|buddhism"
        "|no religion|atheist|agnostic|humanist|catholic|church of england|quaker|pagan"
    ),
    SpecialCategory.POLITICS: one_of(
        "labour|conservative|liberal democrat|liberal democrats|lib dem|green party|reform uk|plaid cymru"
        "|snp|labour party|conservative party|sinn féin|sinn fein|dup|sdlp|uup|alliance|ukip"
        "|the labour party|scottish national party|labour and co-operative"
    ),
    SpecialCategory.HEALTH: one_of(
        "dyslexia|dyspraxia|autism|adhd|autistic|depression|anxiety|diabetes|wheelchair user|epilepsy"
        "|hearing impairment|visual impairment|deaf|blind|disabled|not disabled|mental health condition"
    ),
    SpecialCategory.CONFIDENTIAL: one_of(
        "male|female|man|woman|non-binary|nonbinary|transgender|he/him|she/her|they/them|18-24|25-34"
        "|35-44|45-54|55-64|65+|under 25"
    ),
}
