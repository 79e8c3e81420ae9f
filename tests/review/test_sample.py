from kg.judge import read_judgements
from kg.model import AgentJudgement, ClaimJudgement
from kg.model.ids import make_digest
from kg.resources import find_data
from kg.sources import read_documents


def test_sample_of_judgements_is_of_the_corpus(whole_kb):
    """The sample has judgements of agents and of claims, and each claim's quote stands in a document of the corpus."""
    judgements = read_judgements(find_data() / "judgements" / "sample.jsonl", whole_kb)
    texts = {document.id: document.text for document in read_documents([str(find_data() / "corpus")])}
    verdicts = {type(one): set() for one in judgements.judgements}
    for judgement in judgements.judgements:
        verdicts[type(judgement)].add(judgement.verdict)
        if isinstance(judgement, ClaimJudgement):
            key = judgement.key
            assert key.text == make_digest(texts[key.document])
            assert texts[key.document].count(key.quote) == 1
    assert verdicts == {
        AgentJudgement: {"same", "different", "undecided"},
        ClaimJudgement: {"accepted", "rejected", "corrected"},
    }
