"""Requests to Agent Platform Vector Search by google-cloud-aiplatform: tried again where that helps, errors translated.

Two hosts answer: the region's API, which knows and writes indexes, and the public host of the endpoint that an index is
deployed to, which finds and reads datapoints.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from tutor.errors import IndexingError
from tutor.index.attempts import PAUSES_SECONDS, attempted
from tutor.settings import VectorSearchSetting

Result = TypeVar("Result")
Restriction = tuple[str, tuple[str, ...]]
"""A namespace and the values in it that are allowed."""

ANSWER_SECONDS = 30.0


@dataclass(frozen=True)
class Datapoint:
    """A vector as the service stores it."""

    id: str
    vector: list[float]
    restricts: tuple[Restriction, ...]


@dataclass(frozen=True)
class AboutIndex:
    """What matters of an index's configuration."""

    dimensions: int
    measure: str
    is_streamed: bool
    vectors: int


class VertexClient:
    """One index, and the endpoint that serves it."""

    def __init__(
        self,
        setting: VectorSearchSetting,
        answer_seconds: float = ANSWER_SECONDS,
        pauses: Sequence[float] = PAUSES_SECONDS,
    ) -> None:
        self._setting = setting
        self._options: dict[str, Any] = {"timeout": answer_seconds, "retry": None}
        self._pauses = pauses
        self._clients: list[Any] = []
        place = f"projects/{setting.project}/locations/{setting.region}"
        self._index_name = f"{place}/indexes/{setting.index}"
        self._endpoint_name = f"{place}/indexEndpoints/{setting.endpoint}"

    def upsert(self, datapoints: Sequence[Datapoint]) -> None:
        """Write datapoints, over those with the same ids."""
        written = [_datapoint(one.vector, one.restricts, one.id) for one in datapoints]
        request = {"index": self._index_name, "datapoints": written}
        self._try(lambda: self._indexes.upsert_datapoints(request=request, **self._options))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove datapoints."""
        request = {"index": self._index_name, "datapoint_ids": list(ids)}
        self._try(lambda: self._indexes.remove_datapoints(request=request, **self._options))

    def read(self, ids: Sequence[str]) -> dict[str, list[float]]:
        """The vectors of those datapoints that are there."""
        from google.api_core.exceptions import NotFound

        request = {**self._deployed, "ids": list(ids)}

        def read() -> Any:
            try:
                return self._matches.read_index_datapoints(request=request, **self._options).datapoints
            except NotFound:  # not the endpoint, which was looked up before: none of the datapoints
                return []

        return {one.datapoint_id: list(one.feature_vector) for one in self._try(read)}

    def neighbours(self, vector: list[float], count: int, restricts: Sequence[Restriction]) -> list[tuple[str, float]]:
        """Ids and distances of the nearest datapoints that `restricts` allow, nearest first."""
        query = {"datapoint": _datapoint(vector, restricts), "neighbor_count": count}
        request = {**self._deployed, "queries": [query]}
        found = self._try(lambda: self._matches.find_neighbors(request=request, **self._options))
        answers = found.nearest_neighbors
        return [(one.datapoint.datapoint_id, one.distance) for one in answers[0].neighbors] if answers else []

    def close(self) -> None:
        """Let go of all connections; the next request makes new ones."""
        for client in self._clients:
            client.transport.close()
        self._clients.clear()
        for name in ("_indexes", "_matches"):
            self.__dict__.pop(name, None)

    def require_writable(self, dimensions: int) -> None:
        """Make sure that the index takes vectors of so many dimensions one by one."""
        if self.index.dimensions != dimensions:
            raise IndexingError(
                f"{self._index_name} holds vectors of {self.index.dimensions} dimensions and the embedding model "
                f"makes {dimensions}. Create an index with dimensions={dimensions}, or set TUTOR_EMBEDDING_MODEL."
            )
        if not self.index.is_streamed:
            raise IndexingError(
                f"{self._index_name} takes no streamed updates. Make an index with indexUpdateMethod STREAM_UPDATE "
                "and give its number in TUTOR_VECTOR_SEARCH_INDEX."
            )

    @cached_property
    def index(self) -> AboutIndex:
        """The configuration of the index."""
        about = self._try(lambda: self._indexes.get_index(name=self._index_name, **self._options))
        config = (about.metadata or {}).get("config", {})
        return AboutIndex(
            dimensions=int(config.get("dimensions", 0)),
            measure=str(config.get("distanceMeasureType", "DOT_PRODUCT_DISTANCE")),
            is_streamed=about.index_update_method.name == "STREAM_UPDATE",
            vectors=int(about.index_stats.vectors_count),
        )

    @cached_property
    def _deployed(self) -> dict[str, str]:
        return {"index_endpoint": self._endpoint_name, "deployed_index_id": self._setting.deployed_index}

    @cached_property
    def _indexes(self) -> Any:
        from google.cloud import aiplatform_v1

        return self._client(aiplatform_v1.IndexServiceClient, self._api)

    @cached_property
    def _matches(self) -> Any:
        """The client of the endpoint's public host, once it is known to serve the index."""
        from google.cloud import aiplatform_v1

        endpoints = self._client(aiplatform_v1.IndexEndpointServiceClient, self._api)
        endpoint = self._try(lambda: endpoints.get_index_endpoint(name=self._endpoint_name, **self._options))
        ids = [deployed.id for deployed in endpoint.deployed_indexes]
        if self._setting.deployed_index not in ids:
            raise IndexingError(
                f"{self._endpoint_name} serves {', '.join(ids) or 'nothing'}, not {self._setting.deployed_index}. "
                "Deploy the index there, or set TUTOR_VECTOR_SEARCH_DEPLOYED_INDEX."
            )
        host = self._setting.address or endpoint.public_endpoint_domain_name
        if not host:
            raise IndexingError(
                f"{self._endpoint_name} has no public host. Deploy the index to a public endpoint, or set "
                "TUTOR_VECTOR_SEARCH_ADDRESS to a host that passes requests on to it."
            )
        return self._client(aiplatform_v1.MatchServiceClient, host)

    @property
    def _api(self) -> str:
        return self._setting.address or f"https://{self._setting.region}-aiplatform.googleapis.com"

    def _client(self, kind: Callable[..., Any], host: str) -> Any:
        client = self._made(kind, host)
        self._clients.append(client)
        return client

    def _made(self, kind: Callable[..., Any], host: str) -> Any:
        from google.auth.credentials import AnonymousCredentials
        from google.auth.exceptions import DefaultCredentialsError

        anonymous: Callable[[], Any] = AnonymousCredentials
        # Credentials never travel in the clear: a plain http address is a proxy or emulator that adds its own.
        credentials = anonymous() if self._api.startswith("http:") else None
        try:
            return kind(credentials=credentials, transport="rest", client_options={"api_endpoint": host})
        except DefaultCredentialsError as error:
            raise IndexingError(
                "Vector Search needs credentials of Google Cloud and there are none. Run `gcloud auth "
                "application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS."
            ) from error

    def _try(self, action: Callable[[], Result]) -> Result:
        try:
            return attempted(action, _may_pass, self._pauses)
        except IndexingError:
            raise
        except Exception as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> IndexingError:
        from google.api_core.exceptions import Forbidden, GatewayTimeout, GoogleAPICallError, NotFound, Unauthorized
        from google.auth.exceptions import GoogleAuthError
        from requests.exceptions import RequestException, Timeout

        said = error.message if isinstance(error, GoogleAPICallError) else str(error)
        if isinstance(error, NotFound):
            return IndexingError(
                f"Google Cloud knows no {self._index_name}, or no {self._endpoint_name} ({said}). "
                "Check the TUTOR_VECTOR_SEARCH_… settings."
            )
        if isinstance(error, Forbidden | Unauthorized | GoogleAuthError):
            return IndexingError(
                f"Google Cloud refuses access to {self._index_name} ({said}). Run `gcloud auth application-default "
                f"login`, and give the account roles/aiplatform.user in {self._setting.project}."
            )
        if isinstance(error, Timeout | GatewayTimeout):
            return IndexingError(
                f"Vector Search did not answer within {self._options['timeout']:g} s ({self._api}). Try again."
            )
        if isinstance(error, RequestException):
            return IndexingError(
                f"Vector Search cannot be reached ({said}). Check the network and TUTOR_VECTOR_SEARCH_REGION."
            )
        if _may_pass(error):
            return IndexingError(f"Vector Search cannot serve now ({said}). Try again later, or raise the quota.")
        return IndexingError(f"Vector Search answered: {said}.")


def _datapoint(vector: list[float], restricts: Sequence[Restriction], id: str = "query") -> Any:
    from google.cloud.aiplatform_v1 import IndexDatapoint

    return IndexDatapoint(
        datapoint_id=id,
        feature_vector=vector,
        restricts=[
            IndexDatapoint.Restriction(namespace=namespace, allow_list=list(values)) for namespace, values in restricts
        ],
    )


def _may_pass(error: Exception) -> bool:
    """A cut connection, an overloaded or restarting service; not slowness, which was waited for once."""
    from google.api_core.exceptions import BadGateway, InternalServerError, ServiceUnavailable, TooManyRequests
    from requests.exceptions import ChunkedEncodingError, ConnectionError, Timeout

    passing = (BadGateway, InternalServerError, ServiceUnavailable, TooManyRequests)
    cut = isinstance(error, ConnectionError | ChunkedEncodingError) and not isinstance(error, Timeout)
    return cut or isinstance(error, passing)
