"""Queues for our tests, in place of SQS: `python queues.py PORT`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

QUEUES = {}


class Refused(Exception):
    """The request is answered with this error."""


def create_queue(base, request):
    name = request["QueueName"]
    return {"QueueUrl": QUEUES.setdefault(name, f"{base}/000000000000/{name}")}


def delete_queue(base, request):
    QUEUES.pop(request["QueueUrl"].rpartition("/")[2], None)


def get_queue_url(base, request):
    if request["QueueName"] not in QUEUES:
        raise Refused("QueueDoesNotExist")
    return {"QueueUrl": QUEUES[request["QueueName"]]}


def list_queues(base, request):
    prefix = request.get("QueueNamePrefix", "")
    return {"QueueUrls": [url for name, url in QUEUES.items() if name.startswith(prefix)]}


OPERATIONS = {
    "AmazonSQS.CreateQueue": create_queue,
    "AmazonSQS.DeleteQueue": delete_queue,
    "AmazonSQS.GetQueueUrl": get_queue_url,
    "AmazonSQS.ListQueues": list_queues,
}


def answer(target, base, body):
    """The status and the content of the answer to a request."""
    try:
        if target not in OPERATIONS:
            raise Refused("UnsupportedOperation")
        return 200, OPERATIONS[target](base, json.loads(body))
    except Refused as refused:
        return 400, {"__type": f"com.amazonaws.sqs#{refused}"}
    except (KeyError, ValueError) as error:
        return 400, {"__type": "com.amazonaws.sqs#InvalidParameterValue", "message": str(error)}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        base = f"http://{self.headers['Host']}"
        status, content = answer(self.headers["X-Amz-Target"], base, body)
        text = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("x-amzn-RequestId", str(uuid4()))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
