"""Calls an emulator without a server and without an SDK."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from wsgiref.validate import validator

from awsconform.conformance.emulator.application import Emulator

TARGET = "AWSLookoutEquipmentFrontendService"
SCHEDULER: dict[str, Any] = {
    "ModelName": "pump",
    "InferenceSchedulerName": "pump-1",
    "DataUploadFrequency": "PT5M",
    "DataInputConfiguration": {"S3InputConfiguration": {"Bucket": "readings"}},
    "DataOutputConfiguration": {"S3OutputConfiguration": {"Bucket": "findings"}},
    "RoleArn": "arn:aws:iam::123456789012:role/inference",
    "ClientToken": "once",
}
AGGREGATION: dict[str, Any] = {
    "resourceIds": {"queueIds": [f"queue-{7:032x}"]},
    "startTime": "2026-03-01T00:00:00Z",
    "endTime": "2026-03-08T00:00:00Z",
    "groupBy": ["QUEUE_ID"],
    "statistics": ["SUM"],
}
HEARTBEAT: dict[str, Any] = {
    "AgentVersion": "1.20210820.e20fa3a",
    "DeviceName": "camera-1",
    "DeviceFleetName": "gate",
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error's short name, from wherever the protocol puts it."""
        named = self.headers.get("x-amzn-errortype") or self.json["__type"]
        return str(named).rpartition("#")[2]


@dataclass(frozen=True)
class Wire:
    """An emulator, reached through a validator of WSGI's own rules unless `check` is off.

    `application` stands in front of it where there is one.
    """

    emulator: Emulator
    application: Any = None
    check: bool = True

    def send(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        extra: dict[str, str] | None = None,
    ) -> Reply:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in (headers or {}).items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        environ |= extra or {}
        begun: list[Any] = []

        def start_response(status: str, sent: list[tuple[str, str]], _: Any = None) -> Any:
            begun[:] = [int(status[:3]), sent]

        application = self.application or self.emulator
        parts: Any = (validator(application) if self.check else application)(
            environ, start_response
        )
        content = b"".join(parts)
        if self.check:
            parts.close()
        status, sent = begun
        lower = {name.lower(): value for name, value in sent}
        assert len(lower) == len(sent)
        assert lower["content-length"] == str(len(content))
        return Reply(status, lower, content)

    def raw(self, method: str, uri: str) -> Reply:
        """With the request's URI as the server saw it."""
        path, _, query = uri[uri.index("/2023") :].partition("?")
        return self.send(method, unquote(path), query=query, extra={"REQUEST_URI": uri})

    def rest(self, method: str, path: str, value: Any = None, query: str = "") -> Reply:
        body = b"" if value is None else json.dumps(value).encode()
        return self.send(method, path, query=query, body=body)

    def target(self, operation: str, value: Any) -> Reply:
        return self.send(
            "POST",
            "/",
            body=json.dumps(value).encode(),
            headers={"X-Amz-Target": f"{TARGET}.{operation}"},
        )

    def farm(self, name: str = "farm") -> str:
        return str(self.rest("POST", "/2023-10-12/farms", {"displayName": name}).json["farmId"])

    def start(self, farm: str, **changes: Any) -> Reply:
        path = f"/2023-10-12/farms/{farm}/sessions-statistics-aggregation"
        return self.rest("POST", path, AGGREGATION | changes)

    def statistics(self, farm: str, aggregation: str, **more: Any) -> Reply:
        path = f"/2023-10-12/farms/{farm}/sessions-statistics-aggregation"
        query = "&".join(f"{k}={v}" for k, v in {"aggregationId": aggregation, **more}.items())
        return self.rest("GET", path, query=query)

    def completed(self, farm: str, **changes: Any) -> str:
        """The id of an aggregation that is no longer in progress."""
        aggregation = str(self.start(farm, **changes).json["aggregationId"])
        while self.statistics(farm, aggregation).json["status"] == "IN_PROGRESS":
            pass
        return aggregation
