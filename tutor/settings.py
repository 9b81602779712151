"""The tutor's settings: one frozen object, read from the environment here and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from urllib.parse import urlsplit

from tutor.errors import SettingError

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED_MODEL = "all-MiniLM-L6-v2"
OFFLINE = "offline"
"""Name of the engine that needs no language model."""
_ADDRESS = re.compile(r"@(?=https?://)")


@dataclass(frozen=True)
class Price:
    """What a token costs, in micro-dollars: the same figure as dollars per million tokens."""

    per_token_in: float
    per_token_out: float


@dataclass(frozen=True)
class ModelSetting:
    """A language model that may draft."""

    name: str
    """As LangChain names it: `provider:model`."""
    url: str = ""
    """A server other than the provider's own."""
    price: Price | None = None
    """None: not known, which is not the same as free."""


@dataclass(frozen=True)
class ChromaSetting:
    """A Chroma server, or Chroma Cloud."""

    url: str
    """`TUTOR_CHROMA_URL`."""
    tenant: str = ""
    """`TUTOR_CHROMA_TENANT`; empty for the server's default, or the one that the token belongs to."""
    database: str = ""
    """`TUTOR_CHROMA_DATABASE`, likewise."""
    token: str = field(default="", repr=False)
    """`TUTOR_CHROMA_TOKEN`."""


@dataclass(frozen=True)
class VectorSearchSetting:
    """An index of Agent Platform Vector Search (formerly Vertex AI Vector Search), deployed to a public endpoint."""

    project: str
    """`TUTOR_VECTOR_SEARCH_PROJECT`, or else `TUTOR_GOOGLE_PROJECT`."""
    region: str
    """`TUTOR_VECTOR_SEARCH_REGION`."""
    index: str
    """Number of the index (`TUTOR_VECTOR_SEARCH_INDEX`)."""
    endpoint: str
    """Number of the index endpoint (`TUTOR_VECTOR_SEARCH_ENDPOINT`)."""
    deployed_index: str
    """Under what id the index is deployed there (`TUTOR_VECTOR_SEARCH_DEPLOYED_INDEX`)."""
    address: str = ""
    """Another address for all requests, such as a proxy's (`TUTOR_VECTOR_SEARCH_ADDRESS`)."""


@dataclass(frozen=True)
class Settings:
    """Where things are and which models do the work."""

    home: Path
    """Folder with everything the program writes (`TUTOR_HOME`)."""
    corpus: Path
    """Folder with the guides, documentation and decision models (`TUTOR_CORPUS`)."""
    database_url: str
    """Where conversations, attempts and rulings are kept (`TUTOR_DATABASE_URL`)."""
    embedding_model: str
    """Name or folder of a sentence-transformers model (`TUTOR_EMBEDDING_MODEL`)."""
    host: str
    """Address that the app listens on (`HOST`, or `GRADIO_SERVER_NAME` as Spaces set it)."""
    port: int
    """Port that the app listens on (`PORT`, or `GRADIO_SERVER_PORT`)."""
    reranker: str = ""
    """Name or folder of a sentence-transformers CrossEncoder for the first hits of a search (`TUTOR_RERANKER`)."""
    chroma: ChromaSetting | None = None
    """Chroma server with the vectors, instead of a folder."""
    vector_search: VectorSearchSetting | None = None
    """Vector Search index with the vectors, instead of a folder."""
    engine: str = OFFLINE
    """Who drafts unless a question says otherwise: `offline`, or one of the models (`TUTOR_ENGINE`)."""
    models: tuple[ModelSetting, ...] = ()
    """Language models that may draft (`TUTOR_MODEL`, `TUTOR_MODEL_PRICES`)."""
    model_key: str = field(default="", repr=False)
    """Key for models on servers of one's own; providers' keys stay in the providers' variables (`TUTOR_MODEL_KEY`)."""
    model_seconds: float = 60.0
    """How long a model may take for an answer, all attempts together (`TUTOR_MODEL_SECONDS`)."""
    spending_limit_usd: float | None = None
    """What models may cost a day (`TUTOR_SPENDING_LIMIT_USD`)."""
    google_project: str = ""
    """Google Cloud project through which Gemini is reached; without one, by API key (`TUTOR_GOOGLE_PROJECT`)."""
    google_region: str = "global"
    """Google Cloud region of Gemini (`TUTOR_GOOGLE_REGION`)."""
    reviewers: int = 1
    """How many reviewers must agree before a case is decided (`TUTOR_REVIEWERS`: 1 or 2)."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a value that cannot be used raises `SettingError`."""
    env = os.environ if environment is None else environment
    home = _folder("TUTOR_HOME", env) or _platform_home()
    corpus = _folder("TUTOR_CORPUS", env) or PROJECT / "corpus"
    if not (corpus / "docs").is_dir():
        raise SettingError(f"No documentation in {corpus / 'docs'}. Set TUTOR_CORPUS to the corpus folder.")
    home = home.absolute()
    engine = (env.get("TUTOR_ENGINE") or OFFLINE).strip()
    listed = env.get("TUTOR_MODEL") or ""
    return Settings(
        home=home,
        corpus=corpus.absolute(),
        database_url=env.get("TUTOR_DATABASE_URL") or _sqlite_url(home / "tutor.sqlite"),
        embedding_model=env.get("TUTOR_EMBEDDING_MODEL") or SHIPPED_MODEL,
        host=(env.get("HOST") or env.get("GRADIO_SERVER_NAME") or "").strip(" []") or "127.0.0.1",
        port=_port(env.get("PORT") or env.get("GRADIO_SERVER_PORT") or "7860"),
        reranker=(env.get("TUTOR_RERANKER") or "").strip(),
        chroma=_chroma(env),
        vector_search=_vector_search(env),
        engine=_ADDRESS.split(engine)[0],
        models=_models(listed, engine, _prices(env.get("TUTOR_MODEL_PRICES") or "")),
        model_key=env.get("TUTOR_MODEL_KEY") or "",
        model_seconds=_amount("TUTOR_MODEL_SECONDS", env.get("TUTOR_MODEL_SECONDS") or "60", least=0.1),
        spending_limit_usd=_limit(env.get("TUTOR_SPENDING_LIMIT_USD") or ""),
        google_project=env.get("TUTOR_GOOGLE_PROJECT") or "",
        google_region=env.get("TUTOR_GOOGLE_REGION") or "global",
        reviewers=_reviewers(env.get("TUTOR_REVIEWERS") or "1"),
    )


def _folder(variable: str, env: Mapping[str, str]) -> Path | None:
    text = (env.get(variable) or "").strip()
    try:
        return Path(text).expanduser() if text else None
    except RuntimeError as error:
        raise SettingError(f"{variable}={text} names the home of a user who is not there. Give a folder.") from error


def _sqlite_url(path: Path) -> str:
    """The address of a file, in which signs that have a meaning in addresses stand for themselves."""
    return "sqlite:///" + str(path).replace("%", "%25").replace("?", "%3F")


def _reviewers(text: str) -> int:
    if text.strip() not in ("1", "2"):
        raise SettingError(f"TUTOR_REVIEWERS is {text!r}. It says how many reviewers must agree: 1 or 2.")
    return int(text)


def _platform_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("pmle-tutor", appauthor=False))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingError(f"PORT={text} is not a port number. Use one from 1 to 65535, such as PORT=7860.")
    return int(text)


def _chroma(env: Mapping[str, str]) -> ChromaSetting | None:
    values = {name: env.get(f"TUTOR_CHROMA_{name.upper()}", "").strip() for name in ("tenant", "database", "token")}
    url = env.get("TUTOR_CHROMA_URL", "").strip()
    if not url:
        stray = [f"TUTOR_CHROMA_{name.upper()}" for name, value in values.items() if value]
        if stray:
            raise SettingError(f"{stray[0]} is set without TUTOR_CHROMA_URL, the address of the Chroma server.")
        return None
    url = _web_address("TUTOR_CHROMA_URL", url, "http://localhost:8000 or https://api.trychroma.com")
    if (urlsplit(url).hostname or "").endswith("trychroma.com") and not values["token"]:
        raise SettingError(f"TUTOR_CHROMA_URL={url} needs TUTOR_CHROMA_TOKEN, an API key of Chroma Cloud.")
    return ChromaSetting(url, **values)


_VECTOR_SEARCH_FORMS = {
    "project": (r"[a-z][a-z0-9.:-]{4,61}[a-z0-9]|\d+", "a project's id or number"),
    "region": (r"[a-z]+(-[a-z]+)+\d+", "a region, such as europe-west4"),
    "index": (r"\d+", "the number of an index"),
    "endpoint": (r"\d+", "the number of an index endpoint"),
    "deployed_index": (r"[A-Za-z]\w*", "the id of a deployed index: a letter, then letters, digits and underscores"),
}


def _vector_search(env: Mapping[str, str]) -> VectorSearchSetting | None:
    prefix = "TUTOR_VECTOR_SEARCH_"
    values = {name: env.get(prefix + name.upper(), "").strip() for name in (*_VECTOR_SEARCH_FORMS, "address")}
    if not any(values.values()):
        return None
    values["project"] = values["project"] or env.get("TUTOR_GOOGLE_PROJECT", "").strip()
    if env.get("TUTOR_CHROMA_URL"):
        raise SettingError(f"Both TUTOR_CHROMA_URL and {prefix}… are set. Vectors are kept in one place: unset one.")
    for name, (form, meaning) in _VECTOR_SEARCH_FORMS.items():
        # Resource names as the console shows them end in what is wanted.
        values[name] = values[name].rpartition("/")[2]
        if not values[name]:
            raise SettingError(f"{prefix}{name.upper()} is not set. Vector Search also needs it: {meaning}.")
        if not re.fullmatch(form, values[name]):
            raise SettingError(f"{prefix}{name.upper()}={values[name]} is not {meaning}.")
    if values["address"]:
        values["address"] = _web_address(f"{prefix}ADDRESS", values["address"], "https://proxy.example.com")
    return VectorSearchSetting(**values)


def _web_address(variable: str, url: str, example: str) -> str:
    """A web address without a slash at its end; names and passwords in it would end up in messages."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        parts, usable = urlsplit(""), False
    if not usable or parts.query or parts.fragment:
        raise SettingError(f"{variable}={url} is not a web address. Use one such as {example}.")
    if parts.username or parts.password:
        raise SettingError(f"{variable} holds a name or password. Set TUTOR_CHROMA_TOKEN instead.")
    return url.rstrip("/")


def _models(listed: str, engine: str, prices: Mapping[str, Price]) -> tuple[ModelSetting, ...]:
    """The models of `TUTOR_MODEL`, and the one that `TUTOR_ENGINE` names, each once."""
    entries = [entry.strip() for entry in listed.split(",") if entry.strip()]
    models: dict[str, ModelSetting] = {}
    for entry in [*entries, *([] if engine == OFFLINE else [engine])]:
        name, *address = _ADDRESS.split(entry)
        _require_model_name(name)
        models.setdefault(name, ModelSetting(name, "".join(address), prices.get(name)))
    if strangers := prices.keys() - models.keys():
        raise SettingError(f"TUTOR_MODEL_PRICES prices {min(strangers)}, which TUTOR_MODEL does not name.")
    return tuple(models.values())


def _require_model_name(name: str) -> None:
    provider, _, model = name.partition(":")
    if provider == "google_vertexai":
        raise SettingError(
            f"{name}: that route is deprecated. Use google_genai:{model} and set TUTOR_GOOGLE_PROJECT to your project."
        )
    if not (model and provider.isidentifier()):
        raise SettingError(
            f"{name} is not the name of a model. Name its provider too, such as google_genai:gemini-3.5-flash, "
            f"ollama:gemma3 or openai:qwen3@http://127.0.0.1:8000/v1; or choose TUTOR_ENGINE={OFFLINE}."
        )


def _prices(text: str) -> dict[str, Price]:
    """Read `NAME=IN/OUT, …`, dollars per million tokens."""
    prices = {}
    for entry in (entry.strip() for entry in text.split(",") if entry.strip()):
        name, _, figures = entry.rpartition("=")
        figure_in, slash, figure_out = figures.partition("/")
        if not (name and slash):
            raise SettingError(
                f"TUTOR_MODEL_PRICES: {entry} is not NAME=IN/OUT in dollars per million tokens, such as "
                "google_genai:gemini-3.5-flash=0.30/2.50."
            )
        prices[name] = Price(_amount("TUTOR_MODEL_PRICES", figure_in), _amount("TUTOR_MODEL_PRICES", figure_out))
    return prices


def _limit(text: str) -> float | None:
    return _amount("TUTOR_SPENDING_LIMIT_USD", text) if text else None


def _amount(variable: str, text: str, least: float = 0.0) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not (isfinite(amount) and amount >= least):
        raise SettingError(f"{variable}: {text} is not an amount of {least:g} or more.")
    return amount
