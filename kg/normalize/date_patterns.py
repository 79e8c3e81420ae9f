"""The forms in which news writes dates, as one pattern whose groups name the form."""

from __future__ import annotations

import re

KINDS = ("iso", "dotted", "slashed", "dmy", "mdy", "my", "month", "weekday", "day", "unit", "about", "ago", "year")
"""The groups of the pattern, one for each form; the first that matches at a place counts."""

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MARCH|APRIL|MAY|JUNE|JULY|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![a-zA-Z])"
)
_BARE_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Sept\.|Jan\.|Feb\.|Aug\.|Oct\.|Nov\.|Dec\.)(?![\w-])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d|[a-z])"
_YEAR = r"(?:19[5-9]\d|20[0-6]\d)(?![\d%])"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!\w)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_SOON = r"(?:(?i:early|late|mid|earlier|later)[ -](?:in )?)?"
_COUNT = r"\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PART = r"(?:morning|afternoon|evening|night)"
_NO_OWNER = r"(?!\w|['’]s)"  # "today's world" is no day
_OF_YEAR = rf"(?:,? (?:of )?(?P<{{kind}}_year>{_YEAR}|this year|last year))?"

_FORMS = (
    rf"(?P<iso>(?<![\d/.-]){_YEAR}[-/](?:1[0-2]|0[1-9])[-/](?:3[01]|[12]\d|0[1-9])(?![\d-]))",
    rf"(?P<dotted>(?<![\d.])(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])\.{_YEAR})",
    rf"(?P<slashed>(?<![\d/])\d{{1,2}}/\d{{1,2}}/{_YEAR})",
    rf"(?P<dmy>(?<![\w.,$€£])(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{MONTH}{_OF_YEAR.format(kind='dmy')})",
    rf"(?P<mdy>(?<!\w)(?:{_WEEKDAY},? )?{MONTH} (?:the )?{_DAY}(?! (?:million|billion|percent|per cent))"
    rf"{_OF_YEAR.format(kind='mdy')})",
    rf"(?P<my>(?<!\w){MONTH},? (?:of )?(?P<my_year>{_YEAR}|this year|last year|next year))",
    rf"(?P<month>(?<!\w)(?:(?P<when>(?i:last|this|this past|next)) )?(?P<bare>{_BARE_MONTH}))",
    rf"(?P<weekday>(?<!\w)(?:(?P<which>(?i:last|this|this past|this coming|next)) )?(?P<name>{_WEEKDAY})"
    r"(?P<back>(?: of)? last week(?!\w))?)",
    rf"(?P<day>(?<!\w)(?i:today|yesterday|tomorrow|tonight|(?:this|last) {_PART}){_NO_OWNER})",
    rf"(?P<unit>(?<!\w){_SOON}(?P<rel>(?i:this|last|next|the previous|the past)) "
    rf"(?P<size>week|month|year|quarter|{_SEASON}){_NO_OWNER})",
    r"(?P<about>(?<!\w)(?:(?i:in|over|within|during) )?(?:(?i:recent)|(?:the )(?:past|last|coming|next) few) "
    r"(?P<spell>days|weeks|months)(?!\w)"
    r"|(?<!\w)(?:the )?(?P<close>(?:end of the year|year[ -]end|year['’]s end))(?!\w))",
    rf"(?P<ago>(?<!\w)(?P<count>(?i:{_COUNT})) (?P<units>day|week|month|year)s? (?:ago|earlier)(?!\w))",
    rf"(?P<year>(?<![\w$€£#.,/–—-]){_SOON}(?P<only>{_YEAR})(?!\w|[-–/]\d|[.,]\d))",
)
DATE = re.compile("|".join(_FORMS))

BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|by|until|till|early|late|mid|last|this|next|from|to|through|of|on|during|and|before|after)[ -]"
    r"|[(,–-]\s?)$",
    re.IGNORECASE,
)
"""What stands before May and March where they are months; else one is a verb, the other a procession."""
BEFORE_RANGE = re.compile(r"\d\s?[–—-]\s?$")
