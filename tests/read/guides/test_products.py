import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.read.guides.products import examples_in, products_in


def products(text):
    return products_in(text, examples_in(text))


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("Apps (e.g., Cloud Vision API, Translation)", ("Cloud Vision API", "Translation")),
        ("Data (e.g., tabular, text, and images)", ("tabular", "text", "images")),
        (
            "Prepare (e.g., Dataflow, TensorFlow Extended [TFX], BigQuery)",
            ("Dataflow", "TensorFlow Extended [TFX]", "BigQuery"),
        ),
        (
            "Protocols (e.g., Secure Shell (SSH), Transport Layer Security (TLS))",
            ("Secure Shell (SSH)", "Transport Layer Security (TLS)"),
        ),
        ("Stores (for example: Amazon S3; Amazon EFS)", ("Amazon S3", "Amazon EFS")),
        ("APIs (Model Garden, Retail API, RAG)", ("Model Garden", "Retail API", "RAG")),
        ("Interfaces (CNI, CSI, CRI, etc.)", ("CNI", "CSI", "CRI")),
        ("Track (evaluation)", ("evaluation",)),
        ("Deploy by CI/CD (CI/CD) with Elastic Load Balancing (ELB)", ()),
        (
            "Sensitive data (e.g., personally identifiable information [PII] and health records [PHI])",
            ("personally identifiable information [PII] and health records [PHI]",),
        ),
        ("Nothing in brackets", ()),
    ],
)
def test_examples_are_kept_apart(text, examples):
    assert examples_in(text) == examples


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Types of data (e.g., tabular, text, speech)", ()),
        ("Formats (e.g., CSV, JSON, images, Hadoop)", ("CSV", "JSON", "Hadoop")),
        ("Frameworks (e.g., TensorFlow, PyTorch, sklearn)", ("TensorFlow", "PyTorch", "sklearn")),
        (
            "Metrics (e.g., Vertex AI Model Monitoring, Explainable AI)",
            ("Vertex AI Model Monitoring", "Explainable AI"),
        ),
        ("Generating predictions by using BigQuery ML", ("BigQuery ML",)),
        ("Using AutoML for tabular data", ("AutoML",)),
        ("Vertex AI Feature Store", ("Vertex AI Feature Store",)),
        ("Choosing the Google Cloud environment", ()),
        ("Integration with source repositories", ()),
        ("Building applications by using ML APIs", ()),
    ],
)
def test_products_are_what_is_written_as_a_name(text, named):
    assert products(text) == named


@given(st.text(alphabet="abC(), ;.[]e.g", max_size=80))
def test_examples_are_words_of_the_text(text):
    assert all(example in text for example in examples_in(text))
