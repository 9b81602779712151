"""The settings in; the place where vectors are kept out."""

from __future__ import annotations

from tutor.index.vectors import VectorPlace
from tutor.settings import Settings


def vector_place(settings: Settings) -> VectorPlace:
    """A Chroma server or Vector Search where one is set, else a folder of this machine."""
    if settings.chroma:
        from tutor.index.chroma_server import ChromaServer

        return ChromaServer(settings.chroma)
    if settings.vector_search:
        from tutor.index.vertex_search import VectorSearch

        return VectorSearch(settings.vector_search)
    from tutor.index.chroma_folder import ChromaFolder

    return ChromaFolder()
