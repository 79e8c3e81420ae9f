"""What a reviewer is asked: which agents may be one, and which claims are least certain; and gold from the answers."""

from kg.review.claims import ClaimQuestion, list_questions
from kg.review.gold import export_gold
from kg.review.profiles import Profile, list_candidates, read_profiles
from kg.review.proposals import Proposal, propose_pairs

__all__ = [
    "ClaimQuestion",
    "Profile",
    "Proposal",
    "export_gold",
    "list_candidates",
    "list_questions",
    "propose_pairs",
    "read_profiles",
]
