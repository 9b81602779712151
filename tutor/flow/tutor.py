"""The tutor: one method per verb. Chat, command line, app and evals call only this.

Verbs that belong to one kind of thing stand at its desk: `tutor.corpus.add`, `tutor.guides.compare`.
Everything loads when it is first needed, so that a tutor costs nothing to make and `ask` opens only what it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tutor.answer.answer import Answer, answer_from
from tutor.answer.conversation.earlier import Earlier, recall
from tutor.answer.scope import Measures
from tutor.engines.choice import LanguageModels
from tutor.engines.engine import Engine
from tutor.engines.offline import OfflineEngine
from tutor.flow.asking import PASSAGES_READ, Asking, readable
from tutor.flow.conversations import ConversationsDesk
from tutor.flow.corpus import CorpusDesk
from tutor.flow.drafting import DraftingDesk
from tutor.flow.ground import Clock, Ground
from tutor.flow.guides import GuidesDesk
from tutor.flow.items import ItemsDesk
from tutor.flow.review import ReviewDesk
from tutor.index.encoder import Progress
from tutor.index.filters import Filter
from tutor.index.manifest import Manifest
from tutor.index.search import Hit
from tutor.read.document import Passage
from tutor.review.binding import OF_ANSWERS, Bond, Bonds
from tutor.settings import OFFLINE, Settings

if TYPE_CHECKING:
    from tutor.engines.calls import Writing
    from tutor.engines.spending import ModelCall, Spent
    from tutor.flow.teaching import Teaching
    from tutor.solve.question import Question
    from tutor.solve.solution import Solution
    from tutor.solve.solver import Solver

TURNS_READ = 6
"""So many turns back a question may lean on."""
__all__ = ["PASSAGES_READ", "Reply", "Tutor"]


@dataclass(frozen=True)
class Reply:
    """An answer, how long it took, and the conversation it was kept in."""

    answer: Answer
    seconds: float
    conversation: int

    def as_json(self) -> dict[str, Any]:
        """The reply in the shape that the command line promises."""
        return {**self.answer.as_json(self.seconds), "conversation": self.conversation}


class Tutor:
    """All that people can ask of the tutor. Safe to share between threads."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None, progress: Progress | None = None) -> None:
        self.settings = settings
        self._ground = Ground(settings, clock, progress)

    # Desks

    @cached_property
    def corpus(self) -> CorpusDesk:
        """The documentation and the learner's own documents."""
        return CorpusDesk(self._ground)

    @cached_property
    def guides(self) -> GuidesDesk:
        """Exam guides."""
        return GuidesDesk(self._ground)

    @cached_property
    def items(self) -> ItemsDesk:
        """Practice items and the models they are drawn from."""
        return ItemsDesk(self._ground, lambda: self.solver)

    @cached_property
    def drafting(self) -> DraftingDesk:
        """What language models write for reviewers to vet."""
        return DraftingDesk(self._ground, lambda: self.items)

    @cached_property
    def conversations(self) -> ConversationsDesk:
        """What was said so far."""
        return ConversationsDesk(self._ground)

    @cached_property
    def review(self) -> ReviewDesk:
        """Flags, cases and rulings."""
        return ReviewDesk(self._ground, lambda: self.items)

    # Asking

    def ask(
        self,
        question: str,
        conversation: int | None = None,
        *,
        engine: str | None = None,
        is_guided: bool | None = None,
        writing: Writing | None = None,
    ) -> Reply:
        """Answer a turn of a conversation with checked citations, and keep both; without a conversation, begin one.

        `engine` names who drafts, and `is_guided` whether to teach by asking back; both are kept with the conversation,
        and without them the conversation's own count. `writing` hears how far a model is.
        """
        begun = perf_counter()
        question = readable(question)
        kept = self._ground.store.conversations
        talk = kept.find(conversation) if conversation else None
        drafter = engine or (talk.engine if talk else "")
        guided = is_guided if is_guided is not None else bool(talk and talk.is_guided)
        turns = kept.turns(talk.id, last=TURNS_READ) if talk else []
        earlier = [recall(turn.question, turn.answer, self.passage) for turn in turns]
        answer = self._asking.answer(question, self._engine(drafter, writing), earlier, is_guided=guided)
        seconds = perf_counter() - begun
        kept_in = talk.id if talk else kept.start(question, self._ground.clock(), drafter, is_guided=guided)
        if talk and (talk.engine, talk.is_guided) != (drafter, guided):
            kept.choose(kept_in, engine=drafter, is_guided=guided)
        kept.add_turn(kept_in, question, answer.as_json(seconds), self._ground.clock())
        return Reply(answer, seconds, kept_in)

    def answer(
        self,
        question: str,
        *,
        engine: str | None = None,
        earlier: Sequence[Earlier] = (),
        is_guided: bool = False,
        writing: Writing | None = None,
    ) -> Answer:
        """Answer a question without keeping it, in the light of turns before it."""
        return self._asking.answer(question, self._engine(engine, writing), earlier, is_guided=is_guided)

    def measure(self, question: str) -> Measures | None:
        """What decides whether the corpus treats a question; None where it is ruled out by name."""
        return self._asking.measure(question)

    def search(self, query: str, count: int = 10, where: Filter | None = None) -> list[Hit]:
        """The passages that answer `query` best, among those that `where` lets pass."""
        return self._ground.search(query, count, where)

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id."""
        return self._ground.index.find(passage_id)

    def solve(self, question: Question, without: str = "") -> Solution:
        """Solve an exam-style question by weighing its options; `without` leaves a decision model out."""
        return self.solver.solve(question, without)

    @cached_property
    def solver(self) -> Solver:
        """What solves questions, and proves the keys of items."""
        from tutor.flow.solving import open_solver

        return open_solver(self._ground)

    # Engines

    def engines(self) -> tuple[str, ...]:
        """Who can draft: the offline engine, then the language models that are set up."""
        return (OFFLINE, *(model.name for model in self.settings.models))

    def try_engine(self, name: str, question: str, passages: Sequence[Passage]) -> Answer:
        """Let an engine answer from given passages alone, with no other to step in; keeps no conversation."""
        return answer_from(question, passages, self._engine(name))

    def spent(self) -> tuple[Spent, Spent]:
        """What language models took today (by UTC), and in all."""
        return self._ground.store.spent(self._ground.today()), self._ground.store.spent()

    # The index

    def index(self, *, rebuild: bool = False) -> Manifest:
        """Bring the search index up to date with the corpus; `rebuild` makes it anew."""
        return self._ground.build_index(anew=rebuild)

    def index_state(self) -> str:
        """`current`, `outdated` or `missing`: how the index stands to the corpus."""
        return self._ground.index_state()

    def compute_vectors_ahead(self) -> int:
        """Write the vectors of the shipped corpus beside it, so that no learner waits for them."""
        from tutor.flow.solving import sketch_ahead

        sketch_ahead(self._ground)
        return self._ground.compute_vectors_ahead()

    def warm(self) -> None:
        """Load what the first question needs."""
        self._ground.index.warm()
        self._asking.answer("What is it?", self._offline)
        self._ground.store.conversations.all("warm")

    def close(self) -> None:
        """Let go of the database."""
        self._ground.close()

    def _engine(self, name: str | None, writing: Writing | None = None) -> Engine:
        name = name or self.settings.engine
        if name == OFFLINE:
            return self._offline
        with self._ground.opening:  # the models' limits and breakers must be there once
            models = self._models
        return models.engine(name, writing)

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._ground, self._offline, lambda: self._teaching, self._bonds)

    def _bonds(self) -> Bonds:
        """What reviewers ruled out of answers; read anew each time, since a ruling binds at once."""
        kept = (bond for bond in self._ground.store.reviews.bonds() if bond.kind in OF_ANSWERS)
        return Bonds((*kept, *self._gold_bonds))

    @cached_property
    def _gold_bonds(self) -> tuple[Bond, ...]:
        from tutor.flow.bonds import gold_bonds

        return tuple(bond for bond in gold_bonds() if bond.kind in OF_ANSWERS)

    @cached_property
    def _teaching(self) -> Teaching:
        from tutor.flow.teaching import Teaching

        return Teaching(self._ground, self._offline, lambda: self.items, lambda: self.guides, lambda: self.solver)

    @cached_property
    def _offline(self) -> OfflineEngine:
        return OfflineEngine(self._ground.likeness, self._ground.called_for)

    @cached_property
    def _models(self) -> LanguageModels:
        def record(call: ModelCall) -> None:
            self._ground.store.add_model_call(call, self._ground.clock())

        return LanguageModels(
            self.settings, record, lambda: self._ground.store.spent(self._ground.today()).cost_micro_usd
        )
