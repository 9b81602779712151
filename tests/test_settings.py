import re
from pathlib import Path

import pytest

from tutor.errors import SettingError
from tutor.settings import (
    OFFLINE,
    PROJECT,
    SHIPPED_MODEL,
    ChromaSetting,
    ModelSetting,
    Price,
    VectorSearchSetting,
    load_settings,
)

VECTOR_SEARCH = {
    "TUTOR_VECTOR_SEARCH_PROJECT": "tea-house",
    "TUTOR_VECTOR_SEARCH_REGION": "europe-west4",
    "TUTOR_VECTOR_SEARCH_INDEX": "11",
    "TUTOR_VECTOR_SEARCH_ENDPOINT": "22",
    "TUTOR_VECTOR_SEARCH_DEPLOYED_INDEX": "tea_1",
}


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert settings.corpus == PROJECT / "corpus"
    assert settings.database_url == f"sqlite:///{settings.home / 'tutor.sqlite'}"
    assert (settings.host, settings.port, settings.embedding_model) == ("127.0.0.1", 7860, SHIPPED_MODEL)


def test_the_environment_decides(tmp_path: Path) -> None:
    settings = load_settings(
        {"TUTOR_HOME": str(tmp_path), "HOST": "0.0.0.0", "PORT": "80", "TUTOR_DATABASE_URL": "postgresql://x/y"}
    )
    assert (settings.home, settings.host, settings.port) == (tmp_path, "0.0.0.0", 80)
    assert settings.database_url == "postgresql://x/y"


def test_a_reranker_is_off_unless_it_is_named() -> None:
    assert load_settings({}).reranker == load_settings({"TUTOR_RERANKER": " "}).reranker == ""
    assert load_settings({"TUTOR_RERANKER": " some/model "}).reranker == "some/model"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "80.0"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(SettingError, match=f"PORT={port}"):
        load_settings({"PORT": port})


@pytest.mark.parametrize("host", ["::1", "[::1]", " ::1 "])
def test_an_address_may_stand_in_brackets(host: str) -> None:
    assert load_settings({"HOST": host}).host == "::1"


def test_a_space_says_where_to_listen_unless_the_learner_does() -> None:
    told = {"GRADIO_SERVER_NAME": "0.0.0.0", "GRADIO_SERVER_PORT": "7861"}
    assert (load_settings(told).host, load_settings(told).port) == ("0.0.0.0", 7861)
    assert load_settings({**told, "HOST": "127.0.0.1", "PORT": "8000"}).port == 8000


@pytest.mark.parametrize("variable", ["TUTOR_HOME", "TUTOR_CORPUS"])
def test_the_home_of_a_stranger_is_named(variable: str) -> None:
    with pytest.raises(SettingError, match=f"{variable}=~nobody-of-this-name/x"):
        load_settings({variable: "~nobody-of-this-name/x"})


def test_a_corpus_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="TUTOR_CORPUS"):
        load_settings({"TUTOR_CORPUS": str(tmp_path)})


class TestModels:
    def test_offline_is_the_default_and_nothing_else_is_set_up(self) -> None:
        settings = load_settings({})
        assert (settings.engine, settings.models, settings.spending_limit_usd) == (OFFLINE, (), None)

    def test_models_are_named_as_langchain_names_them(self) -> None:
        settings = load_settings(
            {
                "TUTOR_MODEL": "google_genai:gemini-3.5-flash, ollama:gemma3:4b@http://10.0.0.5:11434 ,"
                "openai:org/qwen3@2507@https://models.example/v1",
                "TUTOR_MODEL_PRICES": "google_genai:gemini-3.5-flash=0.30/2.50, ollama:gemma3:4b=0/0",
                "TUTOR_ENGINE": "ollama:gemma3:4b",
                "TUTOR_SPENDING_LIMIT_USD": "2.5",
                "TUTOR_MODEL_SECONDS": "90",
            }
        )
        assert settings.models == (
            ModelSetting("google_genai:gemini-3.5-flash", "", Price(0.3, 2.5)),
            ModelSetting("ollama:gemma3:4b", "http://10.0.0.5:11434", Price(0.0, 0.0)),
            ModelSetting("openai:org/qwen3@2507", "https://models.example/v1", None),
        )
        assert settings.engine == "ollama:gemma3:4b"
        assert (settings.spending_limit_usd, settings.model_seconds) == (2.5, 90.0)

    def test_the_engine_alone_is_enough(self) -> None:
        settings = load_settings({"TUTOR_ENGINE": "openai:qwen3@http://127.0.0.1:8000/v1"})
        assert settings.engine == "openai:qwen3"
        assert settings.models == (ModelSetting("openai:qwen3", "http://127.0.0.1:8000/v1"),)

    def test_a_key_is_not_shown(self) -> None:
        assert "tea-leaf" not in repr(load_settings({"TUTOR_MODEL_KEY": "tea-leaf"}))

    @pytest.mark.parametrize(
        ("variable", "value", "says"),
        [
            ("TUTOR_MODEL", "gemini-3.5-flash", "Name its provider too"),
            ("TUTOR_MODEL", "ollama:", "is not the name of a model"),
            ("TUTOR_ENGINE", "oflline", "oflline is not the name of a model"),
            ("TUTOR_MODEL", "google_vertexai:gemini-3.5-flash", "Use google_genai:gemini-3.5-flash"),
            ("TUTOR_MODEL_PRICES", "ollama:gemma3=0/0", "TUTOR_MODEL does not name"),
            ("TUTOR_MODEL_PRICES", "ollama:gemma3", "is not NAME=IN/OUT"),
            ("TUTOR_MODEL_PRICES", "ollama:gemma3=cheap/free", "cheap is not an amount"),
            ("TUTOR_MODEL_PRICES", "ollama:gemma3=-1/0", "-1 is not an amount"),
            ("TUTOR_SPENDING_LIMIT_USD", "nan", "TUTOR_SPENDING_LIMIT_USD: nan"),
            ("TUTOR_SPENDING_LIMIT_USD", "inf", "TUTOR_SPENDING_LIMIT_USD: inf"),
            ("TUTOR_MODEL_SECONDS", "0", "TUTOR_MODEL_SECONDS: 0"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, variable: str, value: str, says: str) -> None:
        with pytest.raises(SettingError, match=re.escape(says)):
            load_settings({variable: value})


def test_vectors_stay_in_a_folder_unless_set_otherwise() -> None:
    settings = load_settings({})
    assert settings.chroma is None
    assert settings.vector_search is None


def test_a_chroma_server_is_set_by_its_address() -> None:
    assert load_settings({"TUTOR_CHROMA_URL": "http://localhost:8000/"}).chroma == ChromaSetting(
        "http://localhost:8000"
    )
    cloud = load_settings(
        {
            "TUTOR_CHROMA_URL": "https://api.trychroma.com",
            "TUTOR_CHROMA_TENANT": "tea",
            "TUTOR_CHROMA_DATABASE": "house",
            "TUTOR_CHROMA_TOKEN": "ck-secret",
        }
    )
    assert cloud.chroma == ChromaSetting("https://api.trychroma.com", "tea", "house", "ck-secret")
    assert "ck-secret" not in repr(cloud)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TUTOR_CHROMA_URL": "localhost:8000"}, "TUTOR_CHROMA_URL=localhost:8000 is not a web address"),
        ({"TUTOR_CHROMA_URL": "http://"}, "is not a web address"),
        ({"TUTOR_CHROMA_URL": "http://host:99999"}, "is not a web address"),
        ({"TUTOR_CHROMA_URL": "http://me:pass@host"}, "holds a name or password"),
        ({"TUTOR_CHROMA_TOKEN": "x"}, "TUTOR_CHROMA_TOKEN is set without TUTOR_CHROMA_URL"),
        ({"TUTOR_CHROMA_URL": "https://api.trychroma.com"}, "needs TUTOR_CHROMA_TOKEN"),
        ({**VECTOR_SEARCH, "TUTOR_CHROMA_URL": "http://host"}, "kept in one place"),
        ({**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_INDEX": ""}, "TUTOR_VECTOR_SEARCH_INDEX is not set"),
        ({**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_PROJECT": ""}, "TUTOR_VECTOR_SEARCH_PROJECT is not set"),
        (
            {**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_REGION": "Europe"},
            "REGION=Europe is not a region",
        ),
        ({**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_INDEX": "tea"}, "INDEX=tea is not the number of an index"),
        ({**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_DEPLOYED_INDEX": "1a"}, "DEPLOYED_INDEX=1a is not the id"),
        ({**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_ADDRESS": "host"}, "TUTOR_VECTOR_SEARCH_ADDRESS=host is not a web"),
    ],
)
def test_a_place_for_vectors_that_is_none_is_named(environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(environment)
    assert says in str(caught.value)
    assert "pass@" not in str(caught.value)


def test_vector_search_is_set_by_numbers_or_whole_names() -> None:
    expected = VectorSearchSetting("tea-house", "europe-west4", "11", "22", "tea_1")
    assert load_settings(VECTOR_SEARCH).vector_search == expected
    named = {**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_INDEX": "projects/1/locations/europe-west4/indexes/11"}
    assert load_settings(named).vector_search == expected
    elsewhere = {**VECTOR_SEARCH, "TUTOR_VECTOR_SEARCH_PROJECT": "", "TUTOR_GOOGLE_PROJECT": "tea-house"}
    assert load_settings(elsewhere).vector_search == expected
