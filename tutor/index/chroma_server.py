"""Chroma on a server of one's own or in Chroma Cloud: a collection per index, shared by all who have the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from tutor.errors import IndexingError
from tutor.index.attempts import PAUSES_SECONDS, attempted
from tutor.index.chroma import ChromaStore, Limits
from tutor.index.filters import Facets
from tutor.settings import ChromaSetting

LIMITS = Limits(batch=1000, results=1000, few=1, by_rows=True)
CLOUD_LIMITS = Limits(batch=300, results=300, few=0, by_rows=False)
"""https://docs.trychroma.com/cloud/quotas-limits"""
CLOUD = "trychroma.com"
ANSWER_SECONDS = 30.0
"""How long one answer may take; Chroma's client itself would wait for ever."""
PREFIX = "tutor-"


class ChromaServer:
    """Keeps collections on a Chroma server."""

    is_remote = True

    def __init__(
        self,
        setting: ChromaSetting,
        answer_seconds: float = ANSWER_SECONDS,
        pauses: Sequence[float] = PAUSES_SECONDS,
    ) -> None:
        self._connection = _Connection(setting, answer_seconds, pauses)
        self.name = " ".join(part for part in (setting.url, setting.tenant, setting.database) if part)

    def open(self, folder: Path, collection: str) -> ChromaStore:
        """A collection on the server; what can be filtered by is known from the index folder."""
        return ChromaStore(self._connection, collection, Facets(folder / "facets"))

    def state(self) -> str:
        """Reach the server and say what is there."""
        try:
            client = self._connection.client()
            ours = [entry.name for entry in client.list_collections() if entry.name.startswith(PREFIX)]
            version = client.get_version()
        except IndexingError:
            raise
        except Exception as error:
            raise self._connection.translated(error) from error
        return f"{self.name}, Chroma {version}, {len(ours)} collection{'s' if len(ours) != 1 else ''} of tutors"

    def close(self) -> None:
        """Let go of the connections to the server."""
        self._connection.close()


class _Connection:
    """Chroma over HTTP."""

    def __init__(self, setting: ChromaSetting, answer_seconds: float, pauses: Sequence[float]) -> None:
        self._setting = setting
        self.pauses = pauses
        self._seconds = answer_seconds
        self._is_cloud = (urlsplit(setting.url).hostname or "").endswith(CLOUD)
        self.limits = CLOUD_LIMITS if self._is_cloud else LIMITS
        self._tenant = setting.tenant or "default_tenant"
        self._database = setting.database or "default_database"
        self._client: Any = None
        self._connecting = Lock()

    def client(self) -> Any:
        with self._connecting:
            if self._client is None:
                try:
                    self._client = attempted(self._connect, self.may_pass, self.pauses)
                except Exception as error:
                    raise self.translated(error) from error
            return self._client

    def close(self) -> None:
        with self._connecting:
            if self._client is not None:
                self._client.close()
                for session in _sessions(self._client):
                    session.close()
            self._client = None

    def _connect(self) -> Any:
        import httpx

        # Chroma's client asks the server things while it is made, and would wait for the answers without end.
        self._ask("heartbeat")
        if not self._is_cloud:
            self._ask(f"tenants/{self._tenant}/databases/{self._database}")
        client = self._cloud() if self._is_cloud else self._server()
        for session in _sessions(client):
            session.timeout = httpx.Timeout(self._seconds)
        return client

    def _ask(self, what: str) -> None:
        import httpx

        answer = httpx.get(f"{self._setting.url}/api/v2/{what}", headers=self._headers, timeout=self._seconds)
        answer.raise_for_status()

    def _server(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        return chromadb.HttpClient(
            self._setting.url,
            ssl=self._setting.url.startswith("https:"),
            headers=self._headers,
            settings=Settings(anonymized_telemetry=False),
            tenant=self._tenant,
            database=self._database,
        )

    def _cloud(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        parts = urlsplit(self._setting.url)
        return chromadb.CloudClient(
            self._setting.tenant or None,
            self._setting.database or None,
            self._setting.token,
            Settings(anonymized_telemetry=False),
            cloud_host=parts.hostname or "",
            cloud_port=parts.port or (443 if parts.scheme == "https" else 80),
            enable_ssl=parts.scheme == "https",
        )

    @property
    def _headers(self) -> dict[str, str]:
        """The token as Chroma Cloud wants it, and as the proxies do that guard servers of one's own."""
        token = self._setting.token
        return {"X-Chroma-Token": token, "Authorization": f"Bearer {token}"} if token else {}

    def may_pass(self, error: Exception) -> bool:
        """A cut connection, a server that is starting, a full queue; not slowness, which was waited for once."""
        import httpx
        from chromadb.errors import RateLimitError

        passing = (httpx.NetworkError, httpx.RemoteProtocolError, RateLimitError)
        return isinstance(error, passing) or _status(error) in (502, 503)

    def translated(self, error: Exception) -> IndexingError:
        import httpx
        from chromadb.errors import AuthorizationError, ChromaAuthError, QuotaError, RateLimitError

        url, said = self._setting.url, str(error).partition("\n")[0]
        if isinstance(error, httpx.TimeoutException):
            return IndexingError(
                f"The Chroma server {url} did not answer within {self._seconds:g} s. Try again, or see what it does."
            )
        if isinstance(error, httpx.TransportError) or "Could not connect" in str(error):
            return IndexingError(
                f"The Chroma server {url} cannot be reached ({said}). Start it with `chroma run --path FOLDER "
                "--host HOST --port PORT`, or unset TUTOR_CHROMA_URL and run `tutor index`."
            )
        if isinstance(error, AuthorizationError | ChromaAuthError) or _status(error) in (401, 403):
            return IndexingError(f"The Chroma server {url} refuses access ({said}). Check TUTOR_CHROMA_TOKEN.")
        if isinstance(error, httpx.HTTPStatusError) and _status(error) == 404:
            return IndexingError(
                f"The Chroma server {url} has no database {self._database} of {self._tenant}. Create it, or check "
                "TUTOR_CHROMA_URL, TUTOR_CHROMA_TENANT and TUTOR_CHROMA_DATABASE."
            )
        if isinstance(error, QuotaError | RateLimitError):
            return IndexingError(f"The Chroma server {url} has had enough for now ({said}). Try again later.")
        return IndexingError(f"The Chroma server {url} answered: {said}.")


def _sessions(client: Any) -> list[Any]:
    """The HTTP sessions of Chroma's client, which neither limits their time nor closes them."""
    servers = (getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None)))
    sessions = (getattr(server, "_session", None) for server in servers)
    return [session for session in sessions if session is not None]


def _status(error: Exception) -> int:
    """The HTTP status behind an error; 0 where there is none. Chroma hides those that it has no name for."""
    response = getattr(error, "response", None) or getattr(error.__context__, "response", None)
    return int(getattr(response, "status_code", 0))
