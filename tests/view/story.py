"""A small graph as the press tells it, in words of our own: the page of it is looked at and kept in the docs."""

from __future__ import annotations

from pyoxigraph import Store

from tests.view.factories import Deed, Saying, StoreBuilder

_AGENTS = """
telegram|Telegram|Platform|TG,Telegram Messenger
pavel-durov|Pavel Durov|Person|Durov
germany|Germany|Government|Federal Republic of Germany
france|France|Government|French authorities
russia|Russia|Government|Russian Federation
brazil|Brazil|Government|
united-states|United States|Government|US,USA
montana|Montana|Government|
european-commission|European Commission|Supranational|Brussels
kremlin|Kremlin|Government|
dmitry-peskov|Dmitry Peskov|Person|Peskov
paris-prosecutor|Paris prosecutor’s office|LawEnforcement|Paris prosecutors
bfj|Federal Office of Justice|Regulator|Bundesamt für Justiz
ie-dpc|Data Protection Commission|Regulator|DPC
ofcom|Ofcom|Regulator|
ftc|Federal Trade Commission|Regulator|FTC
br-supreme-court|Supreme Federal Court|Court|STF
roskomnadzor|Roskomnadzor|Regulator|RKN
tiktok|TikTok|Platform|
bytedance|ByteDance|Company|
meta|Meta|Company|Facebook Inc.
facebook|Facebook|Platform|
instagram|Instagram|Platform|
whatsapp|WhatsApp|Platform|
x|X|Platform|Twitter
elon-musk|Elon Musk|Person|Musk
google|Google|Company|
noyb|noyb|CivilSociety|European Center for Digital Rights
edward-snowden|Edward Snowden|Person|
us-congress|US Congress|Legislature|
isis-k|ISIS-K|ArmedGroup|
fraudsters|fraudsters|Group|
reuters|Reuters|Media|
kazakhstan|Kazakhstan|Government|
wikipedia|Wikipedia|Platform|
turkey|Turkey|Government|Türkiye
turkish-court|Ankara criminal court|Court|
"""

_LINKS = {
    "telegram": {"operator": "pavel-durov"},
    "bfj": {"country": "germany"},
    "paris-prosecutor": {"country": "france"},
    "roskomnadzor": {"country": "russia"},
    "kremlin": {"country": "russia"},
    "tiktok": {"owner": "bytedance"},
    "facebook": {"owner": "meta"},
    "instagram": {"owner": "meta"},
    "whatsapp": {"owner": "meta"},
    "x": {"owner": "elon-musk"},
    "br-supreme-court": {"country": "brazil"},
    "turkish-court": {"country": "turkey"},
}

_DOCUMENTS = """
fine-2022|Berlin fines Telegram over missing complaint channel|https://example.org/berlin-fine|2022-10-17|Example Wire
arrest-2024|Telegram’s founder held at Paris airport|https://example.org/durov-held|2024-08-25|Example Wire
charges-2024|Durov placed under formal investigation|https://example.org/durov-charged|2024-08-28|The Example
kremlin-2024|Moscow warns Paris over Durov|https://example.org/moscow|2024-08-29|The Example
tiktok-2023|Dublin fines TikTok over children’s data|https://example.org/tiktok|2023-09-15|Example Wire
brazil-2024|Brazil’s top court blocks X|https://example.org/brazil-x|2024-08-30|Example Wire
notes-2024|A year of platform regulation|https://example.org/year|2024-12-20|Example Review
meta-2023|Record privacy fine for Meta|https://example.org/meta|2023-05-22|The Example
"""

# actor|action|target|status|date|amount|charges|law|case|documents
_DEEDS = """
germany|fine|telegram|actual|2022-10-17|5125000 EUR|missing-complaint-channel|netzdg|netzdg|fine-2022,notes-2024
bfj|investigate|telegram|actual|2021||missing-complaint-channel|netzdg|netzdg|fine-2022
telegram|appeal|germany|planned|2022-10||||netzdg|fine-2022
germany|ban|telegram|negated||||||fine-2022
france|arrest|pavel-durov|actual|2024-08-24||failure-to-moderate,drug-trafficking,fraud||durov|arrest-2024,charges-2024,notes-2024,kremlin-2024
paris-prosecutor|charge|pavel-durov|actual|2024-08-28||failure-to-cooperate,csam,money-laundering||durov|charges-2024,notes-2024
france|release|pavel-durov|actual|2024-08-28||||durov|charges-2024
paris-prosecutor|restrict|pavel-durov|actual|2024-08-28|5000000 EUR|||durov|charges-2024
paris-prosecutor|investigate|telegram|actual|2024-02||failure-to-cooperate|||arrest-2024
telegram|deny|france|actual|2024-08-25|||||arrest-2024,charges-2024
telegram|comply|paris-prosecutor|planned|2024-09|||||notes-2024
kremlin|warn|france|actual|2024-08-29|||||kremlin-2024
dmitry-peskov|warn|pavel-durov|actual|2024-04||terrorism|||kremlin-2024
russia|support|pavel-durov|actual|2024-08-26|||||kremlin-2024
elon-musk|support|pavel-durov|actual|2024-08-25|||||arrest-2024
edward-snowden|support|pavel-durov|actual|2024-08-25|||||arrest-2024
edward-snowden|accuse|france|actual|2024-08-25|||||arrest-2024
roskomnadzor|ban|telegram|actual|2018-04|||||kremlin-2024
roskomnadzor|release|telegram|actual|2020-06|||||kremlin-2024
isis-k|misuse|telegram|actual|2024-03||terrorism|||kremlin-2024
fraudsters|misuse|telegram|actual|2024||fraud|||notes-2024
european-commission|investigate|telegram|planned|2024-08||user-numbers|dsa||charges-2024
european-commission|request|telegram|actual|2024-05||user-numbers|dsa||notes-2024
ie-dpc|fine|tiktok|actual|2023-09-15|345000000 EUR|childrens-privacy|gdpr|tiktok-dpc|tiktok-2023,notes-2024
tiktok|appeal|ie-dpc|actual|2023-12||||tiktok-dpc|notes-2024
montana|ban|tiktok|planned|2023-05||national-security|||tiktok-2023
tiktok|sue|montana|actual|2023-05|||||tiktok-2023
us-congress|legislate|tiktok|actual|2024-04||national-security|||notes-2024
bytedance|sue|united-states|actual|2024-05|||||notes-2024
ofcom|fine|tiktok|actual|2024-07|1875000 GBP||||notes-2024
european-commission|investigate|tiktok|actual|2024-02||addictive-design|dsa||notes-2024
ftc|sue|tiktok|actual|2024-08||childrens-privacy|coppa||notes-2024
ie-dpc|fine|meta|actual|2023-05-22|1200000000 EUR|data-transfer|gdpr|meta-dpc|meta-2023,notes-2024
ie-dpc|order|meta|actual|2023-05-22||data-transfer|gdpr|meta-dpc|meta-2023
meta|appeal|ie-dpc|planned|2023-05-22||||meta-dpc|meta-2023
noyb|accuse|meta|actual|2023||privacy|gdpr||meta-2023
noyb|sue|facebook|actual|2013||data-transfer|||meta-2023
ftc|sue|meta|actual|2020-12||antitrust|||meta-2023
european-commission|designate|meta|actual|2023-09|||dma||notes-2024
european-commission|designate|google|actual|2023-09|||dma||notes-2024
european-commission|fine|google|actual|2018-07|4340000000 EUR|antitrust|||notes-2024
european-commission|charge|x|actual|2024-07||dark-patterns,transparency|dsa||notes-2024
european-commission|charge|meta|actual|2024-07||self-preferencing|dma||notes-2024
br-supreme-court|ban|x|actual|2024-08-30||failure-to-cooperate|||brazil-2024,notes-2024
br-supreme-court|fine|x|actual|2024-09||failure-to-cooperate|||notes-2024
x|refuse|br-supreme-court|actual|2024-08|||||brazil-2024
x|comply|br-supreme-court|actual|2024-10|||||notes-2024
elon-musk|accuse|br-supreme-court|actual|2024-08-30|||||brazil-2024
brazil|ban|telegram|actual|2022-03|||||brazil-2024
russia|ban|facebook|actual|2022-03||extremism|||notes-2024
russia|ban|instagram|actual|2022-03||extremism|||notes-2024
russia|designate|meta|actual|2022-03||extremism|||notes-2024
russia|fine|google|actual|2021-12||illegal-content|||notes-2024
whatsapp|deny|russia|actual|2024|||||notes-2024
russia|ban|whatsapp|negated|2024|||||notes-2024
reuters|accuse|meta|actual|2024||child-safety|||notes-2024
kazakhstan|ban|wikipedia|negated|2021|||||notes-2024
turkey|ban|wikipedia|actual|2017-04||terrorism|||notes-2024
turkish-court|release|wikipedia|actual|2020-01|||||notes-2024
"""

_WORDS = {
    "planned": "is said to be weighing the next step",
    "negated": "has not taken that step, and says that it will not",
    "actual": "took that step, according to the people who handle the file",
}
BEFORE = "The matter had been with the authorities for some months, and lawyers on both sides had seen it coming. "
AFTER = " A spokesperson gave no further detail, and the next hearing has not been set down yet by the court."


def build_story(extra: StoreBuilder | None = None) -> Store:
    """Build the store of the story, with what ``extra`` holds already."""
    builder = extra or StoreBuilder()
    names = {}
    for line in _AGENTS.split("\n")[1:-1]:
        id, name, type, aliases = line.split("|")
        names[id] = name
        builder.add_agent(id, name, type, filter(None, aliases.split(",")), **_LINKS.get(id, {}))
    for line in _DOCUMENTS.split("\n")[1:-1]:
        builder.add_document(*line.split("|"))
    for number, line in enumerate(_DEEDS.split("\n")[1:-1]):
        actor, action, target, status, date, amount, charges, law, case, documents = line.split("|")
        sayings = tuple(
            Saying(
                document,
                f"{names[actor]} {_WORDS[status]}: “{action}” is the word for what it meant to {names[target]}.",
                BEFORE,
                AFTER,
                "dmitry-peskov" if document == "kremlin-2024" else None,
                round(0.95 - 0.04 * place, 2),
            )
            for place, document in enumerate(documents.split(","))
        )
        deed = Deed(
            actor=actor,
            action=action,
            target=target,
            sayings=sayings,
            status=status,
            date=date or None,
            amount=(amount.split()[0], amount.split()[1]) if amount else None,
            charges=tuple(filter(None, charges.split(","))),
            law=law or None,
            case=case or None,
            confidence=min(0.99, round(0.62 + 0.12 * len(sayings) + (0.2 if date else 0), 2)),
        )
        builder.add_deed(f"deed{number:02}", deed)
    builder.add("graph/kb", "law/netzdg", "rdfs:label", '"Network Enforcement Act (NetzDG)"')
    builder.add("graph/kb", "law/dsa", "rdfs:label", '"Digital Services Act"')
    builder.add("graph/kb", "charge/csam", "skos:prefLabel", '"child sexual abuse material"@en')
    builder.add_fact(
        "f1", "arrest-2024", "role", "pavel-durov", "telegram", "founder", "Telegram’s founder, Pavel Durov"
    )
    builder.add_fact(
        "f2", "kremlin-2024", "role", "dmitry-peskov", "kremlin", "spokesman", "the Kremlin’s spokesman, Peskov"
    )
    return builder.build()
