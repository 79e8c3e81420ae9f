"""Who did what to whom, sentence by sentence: each row is a way of the grammar to say it."""

from __future__ import annotations

import pytest

from kg.extract.clauses import find_agent_phrase, find_objects, find_subjects, is_passive
from kg.extract.lists import expand_list
from tests.extract.reading import annotate_text, describe_text


def hard(*row: str, why: str) -> object:
    """Mark a row that a careful reader finds easy and the extraction does not read right yet."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=False, reason=why))


def check(sentence: str, actor: str, action: str, target: str, status: str) -> None:
    """Hold a sentence to one claim, the only one of its action; bars part actors and targets that will do."""
    told = describe_text(sentence)
    actors, targets = actor.split("|"), target.split("|")
    about = {one for one in told if one[1] == action and one[2] in targets}
    assert about & {(a, action, t, status) for a in actors for t in targets}, told
    assert {one[3] for one in about} == {status}
    assert all(one[2] in targets for one in told if one[1] == action), told


IRELAND = "Data Protection Commission|Ireland"
FRANCE = "France|French National Police"

ACTIVE = [
    ("Russia banned Telegram.", "Russia", "ban", "Telegram", "actual"),
    ("Ireland's Data Protection Commission fined TikTok €345 million in 2023.", IRELAND, "fine", "TikTok", "actual"),
    ("France ordered Telegram to remove the channels.", "France", "order", "Telegram", "actual"),
    ("Italy's privacy watchdog has temporarily banned ChatGPT.", "Garante|Italy", "ban", "ChatGPT", "actual"),
    ("Ofcom has been investigating TikTok since May.", "Ofcom", "investigate", "TikTok", "actual"),
    ("Moscow accused Google of ignoring its orders.", "Russia", "accuse", "Google", "actual"),
    ("Brussels fined Apple €500 million.", "European Union", "fine", "Apple", "actual"),
    ("Elon Musk criticised the European Commission.", "Elon Musk", "accuse", "European Commission", "actual"),
    ("WhatsApp sued India.", "WhatsApp", "sue", "India", "actual"),
    ("X withdrew from Brazil.", "X", "withdraw", "Brazil", "actual"),
    ("The EU designated TikTok as a gatekeeper.", "European Union", "designate", "TikTok", "actual"),
    ("Police in Paris arrested Pavel Durov, the founder of Telegram.", FRANCE, "arrest", "Pavel Durov", "actual"),
    ("The Senate summoned Mark Zuckerberg.", "US Senate|United States", "request", "Mark Zuckerberg", "actual"),
    hard("Pakistan unblocked Wikipedia.", "Pakistan", "release", "Wikipedia", "actual", why="the verb unblock"),
    hard("Hackers used Telegram to sell stolen data.", "hackers", "misuse", "Telegram", "actual", why="misuse by use"),
    ("Russia blocked X.", "Russia", "ban", "X", "actual"),
]  # fmt: skip

PASSIVE = [
    ("TikTok was fined €345 million by Ireland's Data Protection Commission.", IRELAND, "fine", "TikTok", "actual"),
    ("Telegram is being investigated by Ofcom.", "Ofcom", "investigate", "Telegram", "actual"),
    ("Meta was ordered by a German court to delete the posts.", "Germany|German court", "order", "Meta", "actual"),
    ("TikTok was fined €345 million in Ireland.", "Ireland", "fine", "TikTok", "actual"),
    ("Telegram was blocked in Brazil on Wednesday.", "Brazil", "ban", "Telegram", "actual"),
    ("WhatsApp was fined in Turkey after a two-year inquiry.", "Turkey", "fine", "WhatsApp", "actual"),
    ("Pavel Durov, Telegram's founder, was detained in France.", FRANCE, "arrest", "Pavel Durov", "actual"),
    ("Grindr, based in California, was fined by Norway.", "Norway", "fine", "Grindr", "actual"),
    ("The founder of Telegram, Pavel Durov, was arrested by French police.", FRANCE, "arrest", "Pavel Durov", "actual"),
]  # fmt: skip

POSSESSIVE = [
    ("Ofcom's investigation into TikTok began in May.", "Ofcom", "investigate", "TikTok", "actual"),
    ("The FTC's lawsuit against Meta goes to trial in April.", "Federal Trade Commission", "sue", "Meta", "actual"),
    ("Brazil's ban on X lasted five weeks.", "Brazil", "ban", "X", "actual"),
    ("Meta appealed against the decision of the Bundeskartellamt.", "Meta", "appeal", "Bundeskartellamt", "actual"),
    ("Apple rejected the European Commission's accusations.", "Apple", "deny", "European Commission", "actual"),
    ("Twitter complied with Turkey's order.", "X", "comply", "Turkey", "actual"),
    ("Meta's appeal against the fine imposed by Ireland failed.", "Meta", "appeal", "Ireland", "actual"),
]  # fmt: skip

EMBEDDED = [
    ("The European Commission, which fined Apple in March, moved.", "European Commission", "fine", "Apple", "actual"),
    ("Apple, which was fined by the European Commission, appealed.", "European Commission", "fine", "Apple", "actual"),
    ("Meta, fined by Turkey in 2022, paid.", "Turkey", "fine", "Meta", "actual"),
    ("After being fined by Turkey, Meta withdrew Threads.", "Turkey", "fine", "Meta", "actual"),
    ("Texas sued TikTok, accusing it of sharing children's data.", "Texas", "sue", "TikTok", "actual"),
    ("Forced by Turkey to remove a page, Wikipedia closed.", "Turkey", "order", "Wikipedia", "actual"),
    ("Accused of spreading hate, Facebook was sued by Kenya.", "Kenya", "sue", "Facebook", "actual"),
    ("Italy plans to ban TikTok.", "Italy", "ban", "TikTok", "planned"),
    hard("The company fined by Ofcom is TikTok.", "Ofcom", "fine", "TikTok", "actual", why="a name behind the copula"),
]  # fmt: skip

NOMINAL = [
    ("India imposed a ban on TikTok.", "India", "ban", "TikTok", "actual"),
    ("The CNIL imposed a fine of €50 million on Google.", "CNIL", "fine", "Google", "actual"),
    ("South Korea's regulator launched a probe into Google.", "South Korea", "investigate", "Google", "actual"),
    ("The FTC filed a lawsuit against Amazon.", "Federal Trade Commission", "sue", "Amazon", "actual"),
    ("Ofcom issued a warning to Telegram.", "Ofcom", "warn", "Telegram", "actual"),
    ("The ban imposed by India on TikTok remains in force.", "India", "ban", "TikTok", "actual"),
    ("The fine imposed on Meta by Ireland was the largest.", "Ireland", "fine", "Meta", "actual"),
    ("Meta is under investigation by the European Commission.", "European Commission", "investigate", "Meta", "actual"),
    ("Nigeria lifted its ban on Twitter in January 2022.", "Nigeria", "release", "X", "actual"),
    ("Meta received a fine from Turkey.", "Turkey", "fine", "Meta", "actual"),
    ("Australia dropped its lawsuit against X.", "Australia", "release", "X", "actual"),
]  # fmt: skip

HEADLINES = [
    ("Russia fines Google over banned content", "Russia", "fine", "Google", "actual"),
    ("EU fines Meta €200 million", "European Union", "fine", "Meta", "actual"),
    ("Turkey blocks Instagram", "Turkey", "ban", "Instagram", "actual"),
    ("TikTok fined €530m by Irish regulator", IRELAND, "fine", "TikTok", "actual"),
    ("Durov arrested in France", FRANCE, "arrest", "Pavel Durov", "actual"),
]
REFERRING = [
    ("His press secretary, Ann Berger, urged Telegram to act.", "Ann Berger", "request", "Telegram", "actual"),
    ("A court in Munich ordered YouTube to restore a video.", "Germany", "order", "YouTube", "actual"),
    ("LISBON – The government of Portugal banned TikTok on Monday.", "Portugal", "ban", "TikTok", "actual"),
    ("Judge Ann Berger found that Apple is no monopolist.", "Ann Berger", "convict", "Apple", "negated"),
    ("The French DPA fined TikTok 2 million euros.", "CNIL", "fine", "TikTok", "actual"),
    ("Germany fined the operator of Telegram on Monday.", "Germany", "fine", "Telegram", "actual"),
    ("Ofcom published a report accusing TikTok of negligence.", "Ofcom", "accuse", "TikTok", "actual"),
    ("Norway bars officials from using TikTok.", "Norway", "ban", "TikTok", "actual"),
    ("John Roe was banned from Twitter for life.", "X", "moderate", "John Roe", "actual"),
    ("Microsoft agreed to pay $20 million to settle with the FTC.", "Microsoft", "settle",
     "Federal Trade Commission|FTC", "actual"),
    ("A court in Rome annulled the regulator's fine on TikTok.", "Court of Rome|Italy", "release", "TikTok", "actual"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "target", "status"),
    [*ACTIVE, *PASSIVE, *POSSESSIVE, *EMBEDDED, *NOMINAL, *HEADLINES, *REFERRING],
)
def test_clauses_lead_to_who_did_what_to_whom(sentence: str, actor: str, action: str, target: str, status: str) -> None:
    """However the sentence is built, it tells this one action, with actor and target the right way round."""
    check(sentence, actor, action, target, status)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Russia banned Facebook, Instagram and Twitter.", {("Russia", t) for t in ("Facebook", "Instagram", "X")}),
        ("Russia and Iran banned Telegram.", {("Russia", "Telegram"), ("Iran", "Telegram")}),
        ("Ukraine banned VKontakte and Yandex in 2017.", {("Ukraine", "VKontakte"), ("Ukraine", "Yandex")}),
        ("Russia blocked platforms such as Facebook and Instagram.", {("Russia", "Facebook"), ("Russia", "Instagram")}),
        ("Twitter, Facebook and Instagram were banned in Russia.",
         {("Russia", t) for t in ("Facebook", "Instagram", "X")}),
        ("Russia and Iran banned Telegram and Signal.",
         {(a, t) for a in ("Russia", "Iran") for t in ("Telegram", "Signal")}),
    ],
)  # fmt: skip
def test_clauses_spread_lists_over_pairs(sentence: str, told: set[tuple[str, str]]) -> None:
    """Of several actors or targets, each pair is told, and no other."""
    assert {(actor, target) for actor, action, target, _ in describe_text(sentence) if action == "ban"} == told


def test_clauses_share_the_subject_of_coordinated_verbs() -> None:
    """Who sues the one and fines the other does both, each to its own object."""
    told = describe_text("Texas sued Google and fined Meta.")
    assert told == {("Texas", "sue", "Google", "actual"), ("Texas", "fine", "Meta", "actual")}


@pytest.mark.parametrize(
    "sentence",
    [
        "The weather in the valley was fine on Tuesday.",
        "The United States has many lawyers.",
        "TikTok and Instagram are apps.",
        "Telegram has 950 million users.",
        "Mark Zuckerberg lives in California.",
    ],
)
def test_clauses_tell_nothing_where_nobody_acts(sentence: str) -> None:
    """A sentence without an action gives no claim."""
    assert describe_text(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "verb", "passive", "subject", "object_", "agent"),
    [
        ("Ofcom fined the company.", "fined", False, "Ofcom", "company", None),
        ("The company was fined by Ofcom.", "fined", True, "company", None, "Ofcom"),
        ("The company, which Ofcom fined, paid.", "fined", False, "Ofcom", "company", None),
        ("The company that was fined by Ofcom paid.", "fined", True, "company", None, "Ofcom"),
        ("Ofcom decided to fine the company.", "fine", False, "Ofcom", "company", None),
        ("The court told Ofcom to fine the company.", "fine", False, "Ofcom", "company", None),
        ("Ofcom warned the company and fined it.", "fined", False, "Ofcom", "it", None),
    ],
)
def test_clauses_find_the_arguments_of_a_verb(
    sentence: str, verb: str, passive: bool, subject: str, object_: str | None, agent: str | None
) -> None:
    """Voice, control, relatives and coordination lead to one subject, object and agent."""
    doc, _ = annotate_text(sentence)
    token = next(token for token in doc if token.text == verb)
    assert is_passive(token) is passive
    assert [found.text for found, _ in find_subjects(token)] == [subject]
    if object_ is not None:
        assert [found.text for found in find_objects(token)] == [object_]
    phrase = find_agent_phrase(token)
    assert (phrase.text if phrase is not None else None) == agent


def test_clauses_expand_a_list_to_its_names() -> None:
    """A coordination is its parts; a group that names its members is these."""
    doc, _ = annotate_text("Russia blocked platforms such as Facebook, Instagram and Telegram.")
    group = next(token for token in doc if token.text == "platforms")
    assert [token.text for token in expand_list(group)] == ["Facebook", "Instagram", "Telegram"]
