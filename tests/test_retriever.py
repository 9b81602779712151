import json

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from pydantic import ValidationError

from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.index.filters import Filter
from tutor.retriever import TutorRetriever


def test_documents_carry_text_place_source_and_score(tutor: Tutor) -> None:
    documents = TutorRetriever(tutor=tutor, count=3).invoke("What does Samovar cost?")
    hits = tutor.search("What does Samovar cost?", 3)
    assert [document.page_content for document in documents] == [hit.passage.text for hit in hits]
    first = documents[0]
    assert first.id == first.metadata["id"] == hits[0].passage.id
    assert first.metadata["title"] == hits[0].passage.title
    assert first.metadata["heading"] == hits[0].passage.heading
    assert first.metadata["source_url"].startswith("https://docs.example.com/")
    assert first.metadata["checked"] == hits[0].passage.sources[0].checked.isoformat()
    assert first.metadata["score"] == hits[0].score
    json.dumps(first.metadata)


def test_it_works_in_a_chain(tutor: Tutor) -> None:
    seen: list[str] = []
    model = GenericFakeChatModel(messages=iter([AIMessage("By the thousand.")]))
    prompt = ChatPromptTemplate.from_template("Answer from this alone:\n{passages}\n\nQuestion: {question}")

    def joined(documents) -> str:
        return "\n\n".join(f"[{document.metadata['id']}] {document.page_content}" for document in documents)

    def noted(value):
        seen.append(value.to_string())
        return value

    retriever = TutorRetriever(tutor=tutor, count=2)
    chain = (
        {"passages": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(noted)
        | model
        | StrOutputParser()
    )
    assert chain.invoke("What does Samovar cost?") == "By the thousand."
    assert "[samovar-vision#cost]" in seen[0]
    assert "Question: What does Samovar cost?" in seen[0]


def test_it_also_serves_batches_and_asynchronous_chains(tutor: Tutor) -> None:
    import asyncio

    retriever = TutorRetriever(tutor=tutor, count=1)
    questions = ["What is Kettle?", "What is Samovar?"]
    one_by_one = [retriever.invoke(question) for question in questions]
    assert retriever.batch(questions) == one_by_one
    assert asyncio.run(retriever.ainvoke(questions[0])) == one_by_one[0]


def test_a_filter_holds(tutor: Tutor) -> None:
    retriever = TutorRetriever(tutor=tutor, count=5, where=Filter(docs=("samovar-vision",)))
    assert {document.metadata["doc"] for document in retriever.invoke("What is Kettle?")} == {"samovar-vision"}


def test_what_cannot_be_asked_for_is_refused(tutor: Tutor) -> None:
    with pytest.raises(ValidationError):
        TutorRetriever(tutor=tutor, count=0)
    with pytest.raises(InputError, match="kettle-forecasting"):
        TutorRetriever(tutor=tutor, where=Filter(docs=("kettle-forecast",))).invoke("What is Kettle?")
