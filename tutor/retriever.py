"""A LangChain retriever over the tutor's search, for chains of one's own.

    from tutor.flow import Tutor
    from tutor.retriever import TutorRetriever
    from tutor.settings import load_settings

    retriever = TutorRetriever(tutor=Tutor(load_settings()), count=5)
    documents = retriever.invoke("When is BigQuery ML the better choice?")

A document holds the passage's text; its metadata say where that stands, which official page it was checked against and
when, and how well it fits. What stops the tutor arrives as `TutorError`.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from tutor.flow import Tutor
from tutor.index.filters import Filter
from tutor.index.search import Hit


class TutorRetriever(BaseRetriever):
    """Finds passages as `tutor search` does."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    tutor: Tutor
    count: int = Field(default=5, ge=1)
    where: Filter | None = None
    """Which passages may be found."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager  # LangChain hands it to all retrievers; there is nothing to report in between
        return [_document(hit) for hit in self.tutor.search(query, self.count, self.where)]


def _document(hit: Hit) -> Document:
    passage, source = hit.passage, hit.passage.source
    metadata: dict[str, Any] = {
        "id": passage.id,
        "doc": passage.doc,
        "title": passage.title,
        "heading": passage.heading,
        "source_url": source.url if source else None,
        "checked": source.checked.isoformat() if source and source.checked else None,
        "objectives": list(passage.objectives),
        "layer": passage.layer,
        "score": hit.score,
        "similarity": hit.similarity,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
