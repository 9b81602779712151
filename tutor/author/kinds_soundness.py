"""An item model of any kind but decision in, its faults and its yield out: what `tutor models check` says of it.

Whatever the kind, every reason must be carried by words that stand in its passage, and options must be alike in length.
What else must hold, and how distinct items are counted, stands in the checks of each kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from pydantic import BaseModel

from tutor.answer.citations import verify
from tutor.author.kinds.assembly import cited
from tutor.author.kinds.told_soundness import told_faults
from tutor.author.kinds_yield import items_of, key_places, sampled
from tutor.author.quoting import quoted
from tutor.author.sentences import telling
from tutor.author.soundness import LONGEST_OPTION_RATIO, Soundness
from tutor.errors import InputError
from tutor.read.document import Passage
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.evidence import Evidence
from tutor.read.item_models.expression import filled, rounded_in
from tutor.read.item_models.kinds import OtherModel
from tutor.read.item_models.quantity import ChoiceAsk, NumberAsk, QuantityModel, QuantityScene
from tutor.read.item_models.reading import ReadingModel
from tutor.read.item_models.sequence import SequenceModel

FEWEST_ITEMS = 12
"""A model that yields fewer is learnt by heart."""
FEWEST_KEY_PLACES = 3
"""Of the four places among the numbers: a slip that is invented for the fourth is worse than its absence."""
LONGEST_CODE_RATIO = 4.0
"""Lines of code differ in length by what they must say."""


def examine_kind(model: OtherModel, passages: Mapping[str, Passage]) -> Soundness:
    """Look for everything that could make an item wrong."""
    faults = [*_of_kind(model), *_unsupported(model, passages)]
    if any(fault.startswith(("unknown", "circle", "formula")) for fault in faults):
        return Soundness(model.id, tuple(faults), 0, 0)
    counts = items_of(model)
    faults += [f"unreachable: {what} can never be the key" for what, count in counts.items() if not count]
    items = sum(counts.values())
    if items < FEWEST_ITEMS:
        faults.append(f"thin: {items} distinct items, fewer than {FEWEST_ITEMS}")
    return Soundness(model.id, tuple(faults), items, sum(1 for count in counts.values() if count))


def evidence_of(record: object) -> Iterator[Evidence]:
    """Every reason that stands anywhere in a model."""
    if isinstance(record, Evidence):
        yield record
    if isinstance(record, BaseModel):
        for name in type(record).model_fields:
            yield from evidence_of(getattr(record, name))
    elif isinstance(record, tuple):
        for part in record:
            yield from evidence_of(part)


def _unsupported(model: OtherModel, passages: Mapping[str, Passage]) -> Iterator[str]:
    for reason in dict.fromkeys(evidence_of(model)):
        if reason.passage not in passages:
            yield f"dead citation: {reason.passage}"
            continue
        found = verify(quoted(cited(reason), passages), passages)
        if isinstance(found, str):
            yield f"{found}: {reason.because} [{reason.passage}]"


def _of_kind(model: OtherModel) -> Iterator[str]:
    match model:
        case DiagnosisModel():
            yield from _diagnosis(model)
        case SequenceModel():
            yield from _sequence(model)
        case QuantityModel():
            yield from _quantity(model)
        case ReadingModel():
            yield from _reading(model)
        case ConceptModel():
            yield from _concept(model)


def _diagnosis(model: DiagnosisModel) -> Iterator[str]:
    causes, findings = {cause.id for cause in model.causes}, {finding.id for finding in model.findings}
    yield from _repeated("cause", (cause.id for cause in model.causes))
    yield from _repeated("finding", (finding.id for finding in model.findings))
    for finding in model.findings:
        against = {cause for one in finding.against for cause in one.causes}
        yield from (f"unknown cause in {finding.id}: {one}" for one in (against | {*finding.points_to}) - causes)
        yield from (f"unknown finding in {finding.id}: {one}" for one in {*finding.excludes} - findings)
        if not against:
            yield f"idle finding: {finding.id} speaks against no cause"
        if both := against & {*finding.points_to}:
            yield f"contradiction: {finding.id} points to {', '.join(sorted(both))} and speaks against it"
    for cause in model.causes:
        yield from (f"unknown cause in {cause.id}: {one}" for one in {*cause.remedy.also_helps} - causes)
    for one, other in combinations(sorted(causes), 2):
        if model.ruled_out[one] == model.ruled_out[other]:
            yield f"twin causes: no finding separates {one} and {other}"
    yield from _sentences([wording for finding in model.findings for wording in finding.wordings])
    yield from _even("causes", [cause.wordings for cause in model.causes])
    yield from _even("remedies", [cause.remedy.wordings for cause in model.causes])
    yield from told_faults(model)


def _sequence(model: SequenceModel) -> Iterator[str]:
    yield from _repeated("step", [*(step.id for step in model.steps), *(decoy.id for decoy in model.decoys)])
    for step in model.steps:
        yield from (f"unknown step in {step.id}: {n.step}" for n in step.needs if n.step not in model.step)
    if any(need.step not in model.step for step in model.steps for need in step.needs):
        return
    for step in model.steps:
        if step.id in model.before[step.id]:
            yield f"circle: {step.id} needs itself"
        if not step.needs and not any(step.id in earlier for earlier in model.before.values()):
            yield f"idle step: nothing ties {step.id} to another"
        yield from _sentences(step.done)
    wordings = [*(step.wordings for step in model.steps), *(decoy.wordings for decoy in model.decoys)]
    yield from _even("steps", wordings)
    yield from _even("short steps", [[step.short] for step in model.steps], ratio=3)


def _quantity(model: QuantityModel) -> Iterator[str]:
    yield from _repeated("ask", (ask.id for ask in model.asks))
    try:
        faults = [fault for scene in model.scenes for ask in model.asks for fault in _told(model, scene, ask)]
    except (InputError, ZeroDivisionError, ValueError) as error:
        yield f"formula: {error}"
        return
    yield from dict.fromkeys(faults)
    if any(fault.startswith("formula") for fault in faults):
        return
    for ask in model.asks:
        if isinstance(ask, NumberAsk) and len(places := key_places(model, ask)) < FEWEST_KEY_PLACES:
            shown = " or ".join(str(place + 1) for place in sorted(places))
            yield f"lopsided: the key of {ask.id} is always number {shown} of the four shown"


def _told(model: QuantityModel, scene: QuantityScene, ask: NumberAsk | ChoiceAsk) -> Iterator[str]:
    """What a question tells in a scene: every place filled, and nothing rounded that is needed for computing."""
    possible = [values for _, values in sampled(model, scene, ask) if values is not None]
    if not possible:
        yield f"formula: no choice of values meets the conditions of {ask.id}"
    said = [part.working for part in (ask.choices if isinstance(ask, ChoiceAsk) else (ask,))]
    said += [slip.says for slip in ask.slips] if isinstance(ask, NumberAsk) else []
    for text in said if possible else ():
        filled(text.replace("{result}", ""), possible[0])
    for values in possible:
        for text in (scene.text, *ask.adds, *ask.wordings):
            yield from (f"rounded: the stem hides a part of {name}" for name in rounded_in(text, values))


def _reading(model: ReadingModel) -> Iterator[str]:
    yield from _repeated("variant", (variant.id for variant in model.variants))
    yield from _repeated("line", (variant.line for variant in model.variants))
    yield from _repeated("behaviour", (w.lower() for variant in model.variants for w in variant.behaves))
    for variant in model.variants:
        yield from (f"unknown variant in {variant.id}: {one}" for one in variant.like if one not in model.variant)
        if not variant.line and not variant.told:
            yield f"unnamed: {variant.id} has no code and does not say how it is told"
        yield from _sentences(variant.wished)
        yield from (f"no clause: {text[:50]}" for text in variant.otherwise if text[:1].isupper() or text[-1:] == ".")
    yield from _even("behaviours", [variant.behaves for variant in model.variants])
    lines = [[variant.told or variant.line] for variant in model.variants]
    yield from _even("lines", lines, ratio=LONGEST_CODE_RATIO)


def _concept(model: ConceptModel) -> Iterator[str]:
    yield from _repeated("term", (term.id for term in model.terms))
    for difference in model.differences:
        yield from (f"unknown term in a difference: {one}" for one in difference.between if one not in model.term)
        if difference.between[0] == difference.between[1]:
            yield f"unknown difference: {difference.between[0]} from itself"
    for pair in model.overlaps:
        yield from (f"unknown term in an overlap: {one}" for one in pair if one not in model.term)
    yield from _repeated("difference", (" and ".join(sorted(one.between)) for one in model.differences))
    for term in model.terms:
        elsewhere = frozenset[str]().union(*(telling(" ".join(one.marks)) for one in model.terms if one is not term))
        named = frozenset[str]().union(*map(telling, term.wordings))
        for case in term.cases:
            if any(name.lower() in case.text.lower() for name in term.wordings):
                yield f"given away: {term.id} is named in: {case.text[:50]}"
            if not telling(case.shows) & telling(case.text):
                yield f"not in the case: {case.shows!r} shares no word with: {case.text[:50]}"
        for text in term.marks:
            if words := (telling(text) & named) - elsewhere:
                yield f"given away: the word {min(words)!r} of {term.id} stands in: {text[:50]}"
        yield from _sentences([case.text for case in term.cases])
    yield from (f"no {{shows}}: {text[:50]}" for text in model.fits if "{shows}" not in text)
    yield from (f"no {{sign}}: {text[:50]}" for text in model.contrasts if "{sign}" not in text)
    for ask in model.asks.mark:
        if "{term}" not in ask:
            yield f"no term: an ask for the mark must name {{term}}: {ask}"
    yield from _even("marks", [term.marks for term in model.terms])


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"repeated {what}: {one}" for one, count in Counter(ids).items() if count > 1)


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    yield from (f"no full stop: {text[:50]}" for text in texts if text.rstrip()[-1:] not in {".", "`"})


def _even(what: str, options: Sequence[Sequence[str]], ratio: float = LONGEST_OPTION_RATIO) -> Iterator[str]:
    """Options must be alike in length, and none may end with a full stop."""
    words = [len(wording.split()) for wordings in options for wording in wordings]
    if max(words) > ratio * min(words):
        yield f"uneven {what}: the longest wording has {max(words)} words, the shortest {min(words)}"
    for wordings in options:
        yield from (f"full stop: {wording[:50]}" for wording in wordings if wording.rstrip().endswith("."))
