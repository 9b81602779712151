from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import InputError
from tutor.index.filters import Facets, Filter, facets_of, objectives_of, write_facets
from tutor.read.document import Passage

OBJECTIVES = ("1.1", "1.2", "4.2", "10.1")
DOCS = ("kettle", "samovar", "urn")
LAYERS = ("shipped", "own", "official")


def passage(doc: str = "kettle", objectives: tuple[str, ...] = (), layer: str = "shipped") -> Passage:
    return Passage(f"{doc}#h", doc, "", (), "t", 0, 1, (), objectives, (), layer)  # type: ignore[arg-type]


@st.composite
def some_passages(draw: st.DrawFn) -> list[Passage]:
    one = st.builds(
        passage,
        st.sampled_from(DOCS),
        st.lists(st.sampled_from(OBJECTIVES), unique=True, max_size=3).map(tuple),
        st.sampled_from(LAYERS),
    )
    # One of each, so that every value can be asked for.
    return [*(passage(doc, OBJECTIVES) for doc in DOCS), *draw(st.lists(one, max_size=20))]


def passes(where: Filter, one: Passage) -> bool:
    return (
        (not where.objectives or bool(set(where.objectives) & set(objectives_of(one))))
        and (not where.layers or one.layer in where.layers)
        and (not where.docs or one.doc in where.docs)
    )


@settings(max_examples=60, deadline=None)
@given(
    some_passages(),
    st.lists(st.sampled_from([*OBJECTIVES, "1", "4", "10"]), max_size=3).map(tuple),
    st.lists(st.sampled_from(LAYERS), max_size=2).map(tuple),
    st.lists(st.sampled_from(DOCS), max_size=2).map(tuple),
)
def test_rows_are_those_that_pass_one_by_one(tmp_path_factory, passages, objectives, layers, docs) -> None:
    folder = tmp_path_factory.mktemp("facets")
    write_facets(passages, folder)
    where = Filter(objectives, layers, docs)
    expected = [row for row, one in enumerate(passages) if passes(where, one)]
    assert where.rows(Facets(folder)).tolist() == expected
    assert bool(where) == bool(objectives or layers or docs)


def test_a_section_holds_its_objectives() -> None:
    assert objectives_of(passage(objectives=("4.2", "4.1", "1.3"))) == ["1", "1.3", "4", "4.1", "4.2"]
    assert ("layer", "shipped") in set(facets_of(passage()))


def test_what_the_index_does_not_have_is_named_with_what_it_has(tmp_path: Path) -> None:
    write_facets([passage("kettle-forecasting", ("4.2",)), passage("samovar-vision")], tmp_path)
    facets = Facets(tmp_path)
    with pytest.raises(InputError, match=r"objective '9\.9'.*Try 4, 4\.2\."):
        Filter(objectives=("9.9",)).rows(facets)
    with pytest.raises(InputError, match=r"doc 'ketle'.*kettle-forecasting"):
        Filter(docs=("ketle",)).rows(facets)


def test_many_documents_are_not_all_listed(tmp_path: Path) -> None:
    write_facets([passage(f"doc-{number}") for number in range(50)], tmp_path)
    with pytest.raises(InputError, match="doc-1") as caught:
        Filter(docs=("doc-1x",)).rows(Facets(tmp_path))
    assert len(str(caught.value)) < 200


def test_a_layer_without_passages_is_empty_and_no_error(tmp_path: Path) -> None:
    write_facets([passage()], tmp_path)
    assert Filter(layers=("own",)).rows(Facets(tmp_path)).tolist() == []


def test_no_passages_no_rows(tmp_path: Path) -> None:
    write_facets([], tmp_path)
    facets = Facets(tmp_path)
    assert facets.passages == 0
    assert Filter(layers=("own",)).rows(facets).dtype == np.int32
