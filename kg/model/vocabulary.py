"""The closed word lists of the model: actions, statuses, charges, agent types, relations.

They are those of the annotation guidelines; ``ontology/`` defines each term, and a test holds the two together.
"""

from __future__ import annotations

ACTION_GROUPS: dict[str, tuple[str, ...]] = {
    "words": ("accuse", "warn", "request", "support"),
    "scrutiny": ("investigate", "search"),
    "coercion": (
        "arrest",
        "charge",
        "restrict",
        "sue",
        "convict",
        "fine",
        "order",
        "ban",
        "legislate",
        "designate",
    ),
    "relief": ("release", "settle"),
    "response": ("comply", "refuse", "deny", "appeal", "moderate", "withdraw"),
    "abuse": ("misuse",),
}
GROUP_OF: dict[str, str] = {action: group for group, actions in ACTION_GROUPS.items() for action in actions}
ACTIONS: frozenset[str] = frozenset(GROUP_OF)

STATUSES: tuple[str, ...] = ("actual", "planned", "negated")

CHARGES: frozenset[str] = frozenset(
    """antitrust self-preferencing merger tax consumer-protection dark-patterns securities privacy
    childrens-privacy data-transfer data-breach biometrics surveillance child-safety csam sexual-content
    drug-trafficking fraud money-laundering organized-crime terrorism extremism incitement hate-speech harassment
    defamation disinformation election-interference foreign-influence national-security copyright illegal-content
    failure-to-moderate failure-to-cooperate failure-to-report missing-complaint-channel transparency
    unlicensed-service addictive-design user-numbers labour discrimination ai-training other""".split()
)

AGENT_TYPES: frozenset[str] = frozenset(
    """Person Platform Company Government Regulator Court LawEnforcement Ministry Legislature Supranational
    CivilSociety Media ArmedGroup Group Law Place""".split()
)

AUTHORITIES: frozenset[str] = frozenset(
    "Government Regulator Court LawEnforcement Ministry Legislature Supranational".split()
)

RELATIONS: tuple[str, ...] = ("role", "nationality", "based_in", "owns", "part_of", "users")
