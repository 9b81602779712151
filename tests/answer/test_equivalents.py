"""Products of Google Cloud and of AWS, each set beside its counterpart, from a sentence or from a table's row."""

from tutor.answer.citations import verify
from tutor.answer.conversation.subjects import Topic
from tutor.answer.equivalents import counterparts, ours
from tutor.read.document import Passage
from tutor.read.names import read_names
from tutor.settings import PROJECT

NAMES = read_names(PROJECT / "corpus" / "names.yaml")
TABLE = "| AWS | Google Cloud |\n|---|---|\n| Amazon S3 | Cloud Storage |\n| AWS Inferentia, AWS Trainium | Cloud TPU |"
TEXT = f"{TABLE}\n\n- Model Armor corresponds to Bedrock Guardrails."
PAGE = Passage("aws#pairs", "aws", "For AWS users", ("Against its neighbours",), TEXT, 0, len(TEXT))


def test_a_sentence_pairs_either_way_round() -> None:
    for name in ("Model Armor", "Bedrock Guardrails"):
        (pair,) = counterparts(Topic((name,)), [PAGE], NAMES)
        assert pair.text == "Model Armor corresponds to Bedrock Guardrails."
        assert ours([pair], NAMES) == "Model Armor"


def test_where_only_a_table_has_the_pair_its_row_is_told_and_cited() -> None:
    (pair,) = counterparts(Topic(("AWS Inferentia",)), [PAGE], NAMES)
    assert pair.text.splitlines()[-1] == "| AWS Inferentia, AWS Trainium | Cloud TPU |"
    assert "Amazon S3" not in pair.text
    assert not isinstance(verify(pair, {PAGE.id: PAGE}), str)
    assert ours([pair], NAMES) == "Cloud TPU"


def test_what_has_no_pair_gets_none() -> None:
    assert counterparts(Topic(("Amazon Polly",)), [PAGE], NAMES) == []
