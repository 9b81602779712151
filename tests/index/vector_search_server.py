"""Agent Platform Vector Search on loopback: as much of its REST wire format as the tutor uses, over real HTTP."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import numpy as np

STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
INDEX = "projects/tea-house/locations/europe-west4/indexes/11"
ENDPOINT = "projects/tea-house/locations/europe-west4/indexEndpoints/22"


class VectorSearchServer:
    """The service's state, and what a test wants to go wrong."""

    def __init__(self) -> None:
        self.datapoints: dict[str, dict[str, Any]] = {}
        self.dimensions = 3
        self.measure = "DOT_PRODUCT_DISTANCE"
        self.dot_product_sign = 1
        self.update_method = "STREAM_UPDATE"
        self.has_public_host = True
        self.answers_404_for_absent_datapoints = False
        self.hidden_reads = 0
        """How many readings do not yet see what was written."""
        self.trouble: list[int | str] = []
        """What the next requests meet, in turn: a status, `cut` or `slow`."""
        self.requests: list[str] = []
        self.address = ""

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        verb = path.rpartition(":")[2] if ":" in path else method
        if path.startswith(f"/v1/{INDEX}"):
            act = {"GET": self._index, "upsertDatapoints": self._upsert, "removeDatapoints": self._remove}.get(verb)
        elif path.startswith(f"/v1/{ENDPOINT}"):
            act = {"GET": self._endpoint, "findNeighbors": self._find, "readIndexDatapoints": self._read}.get(verb)
        else:
            act = None
        return act(body) if act else refusal(404, f"{path} not found")

    def _index(self, _: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        config = {"dimensions": self.dimensions, "distanceMeasureType": self.measure}
        stats = {"vectorsCount": str(len(self.datapoints))}
        return 200, {
            "name": INDEX,
            "metadata": {"config": config},
            "indexUpdateMethod": self.update_method,
            "indexStats": stats,
        }

    def _endpoint(self, _: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        host = self.address if self.has_public_host else ""
        return 200, {"name": ENDPOINT, "deployedIndexes": [{"id": "tea_1"}], "publicEndpointDomainName": host}

    def _upsert(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        for datapoint in body["datapoints"]:
            if len(datapoint["featureVector"]) != self.dimensions:
                return refusal(400, "wrong number of dimensions")
            self.datapoints[datapoint["datapointId"]] = datapoint
        return 200, {}

    def _remove(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        for datapoint_id in body["datapointIds"]:
            self.datapoints.pop(datapoint_id, None)
        return 200, {}

    def _read(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if len(body["ids"]) > 1000:
            return refusal(400, "at most 1000 ids")
        if self.hidden_reads:
            self.hidden_reads -= 1
            return 200, {}
        found = [self.datapoints[one] for one in body["ids"] if one in self.datapoints]
        if self.answers_404_for_absent_datapoints and len(found) < len(body["ids"]):
            return refusal(404, "datapoint not found")
        return 200, {"datapoints": found}

    def _find(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["deployedIndexId"] != "tea_1":
            return refusal(404, "no such deployed index")
        answers = []
        for query in body["queries"]:
            point = query["datapoint"]
            found = [
                {"datapoint": {"datapointId": one["datapointId"]}, "distance": self._distance(point, one)}
                for one in self.datapoints.values()
                if allowed(point.get("restricts", []), one.get("restricts", []))
            ]
            is_similarity = self.measure == "DOT_PRODUCT_DISTANCE" and self.dot_product_sign > 0
            found.sort(key=lambda one: -one["distance"] if is_similarity else one["distance"])
            answers.append({"id": point["datapointId"], "neighbors": found[: query["neighborCount"]]})
        return 200, {"nearestNeighbors": answers}

    def _distance(self, one: dict[str, Any], other: dict[str, Any]) -> float:
        a, b = np.array(one["featureVector"]), np.array(other["featureVector"])
        return {
            "DOT_PRODUCT_DISTANCE": self.dot_product_sign * float(a @ b),
            "COSINE_DISTANCE": 1 - float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)),
            "SQUARED_L2_DISTANCE": float(((a - b) ** 2).sum()),
        }[self.measure]


def allowed(asked: list[dict[str, Any]], has: list[dict[str, Any]]) -> bool:
    """Any token of a namespace, in every namespace that is asked about."""
    tokens = {entry["namespace"]: set(entry["allowList"]) for entry in has}
    return all(set(entry["allowList"]) & tokens.get(entry["namespace"], set()) for entry in asked)


def refusal(status: int, message: str) -> tuple[int, dict[str, Any]]:
    return status, {"error": {"code": status, "message": message, "status": STATUS.get(status, "UNAVAILABLE")}}


@contextmanager
def serving(state: VectorSearchServer) -> Iterator[VectorSearchServer]:
    """Serve on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body leave together, or each answer waits for an acknowledgement

        def log_message(self, *_: Any) -> None:
            """Keep the tests' output clean."""

        def handle_any(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            path = urlsplit(self.path).path
            state.requests.append(f"{self.command} {re.sub(r'.*/', '', path)}")
            trouble = state.trouble.pop(0) if state.trouble else None
            if trouble == "cut":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            if trouble == "slow":
                time.sleep(1.0)
            known = refusal(trouble, "for the test") if isinstance(trouble, int) else None
            status, answer = known or state.answer(self.command, path, body)
            content = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.wfile.flush()
            except OSError:
                self.close_connection = True  # the slow answer comes to nobody

        do_GET = do_POST = handle_any  # noqa: N815 - the names that http.server wants

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        state.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            server.shutdown()
