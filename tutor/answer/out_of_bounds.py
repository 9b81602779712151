"""A question in; whether it is of a kind that no passage answers, whatever search finds for it, out.

Requests for the exam's confidential content and help with cheating, advice on somebody's own career, products of other
vendors, sums of money, figures that nobody publishes, names and identifiers that stand nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tutor.index.terms import stem, terms

MOST_OF = 0.6
"""So much of a question about a price the sentence with a sum must have."""
_EXAM = r"(?:exam|test|certification|sitting)"
_CONFIDENTIAL = re.compile(
    r"\b(?:real|actual|leaked|recalled|genuine|exact|original|remembered|last (?:week|month|year)'s)\b[^.?!]{0,30}"
    rf"\b{_EXAM}\b[^.?!]{{0,12}}\b(?:questions?|items?|answers?)\b"
    r"|\b(?:real|actual|leaked|recalled|genuine|exact|original|remembered)\b[^.?!]{0,12}\b(?:questions?|items?)\b"
    r"[^.?!]{0,12}\b(?:of|from|in|on|at)\b[^.?!]{0,20}\b(?:exam|certification|sitting)\b"
    r"|\b(?:brain|exam|test|pmle|question) ?dumps?\b|\banswer key\b"
    r"|\bquestion \d+ (?:in|of|on|from)\b[^.?!]{0,40}\bexam\b"
    r"|\b(?:which|what)\b[^.?!]{0,40}\b(?:came up|were asked|was asked|were (?:right|correct)|appeared)\b[^.?!]{0,60}"
    rf"\b{_EXAM}\b|\b(?:remember|remembered|recall|recalled|asked)\b[^.?!]{{0,30}}\b(?:from|in|at) the {_EXAM}\b"
    rf"|\btook the {_EXAM}\b[^.?!]{{0,60}}\b(?:asked|questions?|tell)\b",
    re.IGNORECASE,
)
_CHEATING = re.compile(
    r"\b(?:cheat\w*|without the proctor|proctor noticing|trick the proctor)\b"
    rf"|\b(?:look up|google|search)\b[^.?!]{{0,30}}\bduring\b[^.?!]{{0,20}}\b{_EXAM}\b"
    r"|\b(?:somebody|someone|anybody|anyone|person|friend)\b[^.?!]{0,30}\b(?:sit|take|write)\b[^.?!]{0,20}"
    rf"\b{_EXAM}\b[^.?!]{{0,10}}\bfor me\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\bshould i (?:quit|leave|accept|become|study (?:at|for a)|take the [^?]* first|do a (?:phd|master))\b"
    r"|\bhow do i become\b|\bmy (?:career|salary|cv|résumé|resume)\b|\b(?:salary|salaries|cover letter|job interview)\b"
    r"|\bbootcamps?\b|\bis it worth taking\b|\bcareers?\b"
    r"|\b(?:hires?|hiring) (?:the )?(?:most|ml|machine learning|data)\b",
    re.IGNORECASE,
)
_UNPUBLISHED = re.compile(
    r"\b(?:pass(?:ing)?|failure) rates?\b|\bhow many (?:people|candidates|persons) (?:pass|fail|took|take)(?:ed)?\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?P<vendor>aws|amazon|sagemaker|bedrock|redshift|kinesis|azure|databricks|snowflake|snowpark|openai|chatgpt|"
    r"gpt-\d\w*|anthropic|watsonx?|alibaba|oracle cloud|datarobot|sas viya|tableau|power bi|kaggle|"
    r"weights (?:&|and) biases|wandb|hugging ?face spaces)\b(?:\s+(?P<product>(?-i:[A-Z])\w+))?",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:equivalents?|counterparts?|instead of|compared?|vs\.?|versus|migrat\w+|mov(?:e|ing) from|"
    r"com(?:e|ing) from)\b",
    re.IGNORECASE,
)
_PRICE_ASKED = re.compile(
    r"\b(?:how (?:much|many)|what (?:does|do|is|are|will)|list price|price (?:of|per|in)|cost (?:of|in|per)|"
    r"(?:monthly|hourly|daily|yearly) (?:price|cost|fee))\b",
    re.IGNORECASE,
)
_SUM_MEANT = re.compile(
    r"\b(?:dollars?|euros?|usd|eur|(?:list|monthly|hourly|daily|yearly) (?:price|cost|fee))\b|[$€]"
    r"|\b(?:price|cost|costs|charges?|charged?)\b[^.?!]{0,40}"
    r"\bper (?:hour|day|month|year|million|thousand|1,?000|token|node|tib|gb|unit)\b",
    re.IGNORECASE,
)
_MONEY_SAID = re.compile(r"[$€]\s?\d|\d\s?(?:US )?(?:dollars|USD|EUR)")
_IDENTIFIER = re.compile(
    r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]+[A-Z]\w+\b|\b\w+\.\w+_\w+\b|\b[a-z]{2,}\.[A-Z]\w+\b|\b[vV]\d{1,3}[a-z]?\b"
)
_ASKS = re.compile(
    r"(?:explain|define|describe|compare|summari[sz]e|what|when|why|how|which|is|are|do|does|did|can|could|may|might"
    r"|must|should|shall|will|would)",
    re.IGNORECASE,
)
"""A word with which a question begins is no part of a name."""
_CAPITALS = re.compile(r"\b([A-Z][\w.-]*)\s+(?=([A-Z][\w.-]*))")


def is_confidential(question: str) -> bool:
    """Whether a question asks for the exam's confidential content, or for help with cheating."""
    return bool(_CONFIDENTIAL.search(question) or _CHEATING.search(question))


def is_unpublished(question: str) -> bool:
    """Whether it asks for figures that nobody publishes."""
    return bool(_UNPUBLISHED.search(question))


def wants_advice(question: str) -> bool:
    """Whether it asks what somebody should do with their own career."""
    return bool(_ADVICE.search(question))


def stands_nowhere(question: str, told: Sequence[str], is_known: Callable[[str], bool]) -> bool:
    """Whether it asks for what none of the passages that were found has: `told` is what they say."""
    if is_unpublished(question):
        return True
    if _PRICE_ASKED.search(question) and _SUM_MEANT.search(question) and not _is_sum_told(question, told):
        return True
    named = (match[0].lower() for match in _IDENTIFIER.finditer(question))
    if not all(_is_told(name, is_known) for name in named):
        return True
    return not _COMPARING.search(question) and _is_of_another_vendor(question, "\n".join(told).lower())


def _is_told(name: str, is_known: Callable[[str], bool]) -> bool:
    """Whether an identifier occurs, whole or by its last part: `tf.distribute.Strategy` as `Strategy`."""
    return any(is_known(part) or is_known(stem(part)) for part in (name, name.rpartition(".")[2]))


def strange_names(question: str, told: str, named: Sequence[tuple[int, int]]) -> int:
    """How many pairs of capitalised words no passage has side by side and no product is called; `named` are those."""
    said = told.lower()
    capitals = (match for match in _CAPITALS.finditer(question) if not _ASKS.fullmatch(match[1]) and match[2] != "I")
    pairs = ((match.start(1), match.end(2)) for match in capitals)
    unnamed = (pair for pair in pairs if not any(start <= pair[0] and pair[1] <= end for start, end in named))
    return sum(" ".join(question[start:end].lower().split()) not in said for start, end in unnamed)


def _is_sum_told(question: str, told: Sequence[str]) -> bool:
    """Whether a sentence names a sum of money and has most of what is asked about."""
    asked = set(terms(_SUM_MEANT.sub(" ", _PRICE_ASKED.sub(" ", question))))
    sentences = (sentence for text in told for sentence in re.split(r"\n|(?<=[.;])\s", text))
    with_sums = (set(terms(sentence)) for sentence in sentences if _MONEY_SAID.search(sentence))
    return any(len(asked & said) > MOST_OF * len(asked) for said in with_sums)


def _is_of_another_vendor(question: str, told: str) -> bool:
    """Whether it names a vendor, or a vendor's product, of which the passages say nothing."""
    for match in _OTHERS.finditer(question):
        whole = " ".join(part.lower() for part in (match["vendor"], match["product"]) if part)
        if whole not in told:
            return True
    return False
