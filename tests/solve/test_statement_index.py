"""The index of single statements: what is a statement, and when the folder is written anew."""

from pathlib import Path

from tutor.read.document import Passage
from tutor.solve.statement_index import open_statement_index, single_statements


def passage(text: str, number: int = 1) -> Passage:
    return Passage(f"page#{number}", "page", "Kettle", ("What it is",), text, 0, len(text))


TEXT = """Kettle forecasts demand for shops. It is small.

```sql
SELECT demand FROM shops
```

| Model | Fits |
|---|---|
| Kettle | few shops |
"""


def test_sentences_and_rows_are_statements_and_code_is_not() -> None:
    assert list(single_statements(passage(TEXT))) == [
        "Kettle forecasts demand for shops.",
        "Model: Kettle; Fits: few shops",
    ]


def test_words_are_counted_in_each_statement_alone(tmp_path: Path) -> None:
    index = open_statement_index([passage("Demand rises in winter. Shops close in summer every year.")], tmp_path)
    assert (index.scores("winter demand") > 0).tolist() == [True, False]


def test_an_index_is_kept_until_a_text_changes(tmp_path: Path) -> None:
    open_statement_index([passage(TEXT)], tmp_path)
    (first,) = tmp_path.iterdir()
    written = (first / "count.npy").stat().st_mtime_ns
    open_statement_index([passage(TEXT)], tmp_path)
    assert (first / "count.npy").stat().st_mtime_ns == written
    open_statement_index([passage(TEXT + "\nMore words stand here now.")], tmp_path)
    (second,) = tmp_path.iterdir()
    assert second != first


def test_no_passages_make_an_empty_index(tmp_path: Path) -> None:
    assert open_statement_index([], tmp_path).scores("demand").tolist() == []
