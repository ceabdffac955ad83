"""Small service models, written into folders as botocore has them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def thing_model(**metadata: Any) -> dict[str, Any]:
    """A service with two operations and a shape of most kinds."""
    return {
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01",
            "endpointPrefix": "things",
            "protocol": "rest-json",
            "protocols": ["rest-json"],
            "serviceFullName": "Amazon Things Service",
            "serviceId": "Thing Store",
            "signatureVersion": "v4",
            "uid": "things-2026-01-01",
            **metadata,
        },
        "operations": {
            "GetThing": {
                "name": "GetThing",
                "http": {"method": "GET", "requestUri": "/things/{id}"},
                "input": {"shape": "GetThingRequest"},
                "output": {"shape": "Thing"},
                "errors": [{"shape": "NotFound"}],
            },
            "ListThings": {
                "name": "ListThings",
                "http": {"method": "GET", "requestUri": "/things"},
                "input": {"shape": "ListThingsRequest"},
                "output": {"shape": "Things"},
            },
        },
        "shapes": {
            "GetThingRequest": {
                "type": "structure",
                "required": ["id"],
                "members": {"id": {"shape": "Id", "location": "uri", "locationName": "id"}},
            },
            "ListThingsRequest": {
                "type": "structure",
                "members": {
                    "nextToken": {"shape": "Text", "location": "querystring"},
                    "since": {"shape": "When", "location": "querystring"},
                },
            },
            "Things": {
                "type": "structure",
                "members": {"things": {"shape": "ThingList"}, "nextToken": {"shape": "Text"}},
            },
            "ThingList": {"type": "list", "member": {"shape": "Thing"}, "max": 10},
            "Thing": {
                "type": "structure",
                "required": ["id"],
                "members": {
                    "id": {"shape": "Id"},
                    "tags": {"shape": "Tags"},
                    "made": {"shape": "When"},
                    "inner": {"shape": "Thing"},
                    "color": {"shape": "Color"},
                    "size": {"shape": "Size"},
                    "data": {"shape": "Data"},
                },
            },
            "NotFound": {
                "type": "structure",
                "members": {"message": {"shape": "Text"}},
                "exception": True,
                "error": {"httpStatusCode": 404},
            },
            "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
            "Id": {"type": "string", "pattern": "[a-z]+", "min": 1, "max": 8},
            "Text": {"type": "string"},
            "When": {"type": "timestamp"},
            "Color": {"type": "string", "enum": ["RED", "BLUE"]},
            "Size": {"type": "integer", "min": 1, "max": 9},
            "Data": {"type": "blob"},
        },
    }


def write_model(
    folder: Path,
    service: str,
    model: Any,
    *,
    version: str = "2026-01-01",
    kind: str = "service-2",
    packed: bool = False,
) -> Path:
    """Writes a JSON document where botocore would look for it; gives its file."""
    place = folder / service / version
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{kind}.json{'.gz' if packed else ''}"
    content = json.dumps(model).encode()
    file.write_bytes(gzip.compress(content) if packed else content)
    return file
