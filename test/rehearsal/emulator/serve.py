"""Starts moto as a server on 127.0.0.1, with the changes of `changes.py`, until SIGTERM or SIGINT.

Prints one line when it answers: `ready http://127.0.0.1:<port>`.
"""

import argparse
import io
import json
import os
import signal
import sys
from typing import NoReturn

import calls
import changes


class Parser(argparse.ArgumentParser):
    """Reports a wrong option in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"emulator: {message}\n")


def arguments() -> argparse.Namespace:
    parser = Parser(prog="emulator", allow_abbrev=False)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--account", default="123456789012", help="12 digits")
    parser.add_argument("--api-endpoint", help="the address that every HTTP API reports as its own")
    parser.add_argument("--log", help="a file that gets one line of JSON for each call")
    found = parser.parse_args()
    if not 0 <= found.port <= 65535:
        parser.error("--port takes 0 to 65535")
    if not (len(found.account) == 12 and found.account.isdecimal() and found.account.isascii()):
        parser.error("--account takes 12 digits")
    return found


def main() -> None:
    found = arguments()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: os._exit(0))
    api_endpoint = (found.api_endpoint or "").rstrip("/")
    os.environ["MOTO_ACCOUNT_ID"] = found.account  # moto reads it when it is imported
    # moto calls AWS with these. It must call itself and nothing outside, whatever this shell has set.
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ.pop("AWS_PROFILE", None)

    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    log = open(found.log, "a", buffering=1, encoding="utf8") if found.log else None

    def changed(service):
        """moto calls this once for a service, at its first request, so only what is used is imported."""
        changes.apply(service, api_endpoint)
        return create_backend_app(service)

    class Emulator(DomainDispatcherApplication):
        """Says which service or call is missing, where moto would end with a stack trace."""

        def infer_service_region_host(self, environ, path):
            host = super().infer_service_region_host(environ, path)
            # moto serves HTTP APIs together with REST APIs, whose import needs 18 more packages.
            http_api = path.startswith("/v2/") and (host or "").startswith("apigateway.")
            return "apigatewayv2" if http_api else host

        def get_application(self, environ):
            try:
                return super().get_application(environ)
            except Exception as error:
                return refusal("service", environ, error)

        def __call__(self, environ, start_response):
            if log is not None:
                write_down(environ)
            try:
                return super().__call__(environ, start_response)
            except (ImportError, NotImplementedError) as error:
                return refusal("call", environ, error)(environ, start_response)

    def write_down(environ):
        if not environ.get("HTTP_AUTHORIZATION"):
            return
        body = b""
        if calls.has_parameters(environ):
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
        for call in calls.of(environ, body, found.account):
            log.write(json.dumps(call) + "\n")

    def refusal(what, environ, error):
        scope = environ.get("HTTP_AUTHORIZATION", "").split(" SignedHeaders")[0]
        message = f"the emulator lacks this {what} ({scope}): {error!r}"
        print(message, file=sys.stderr, flush=True)

        def answer(_environ, start_response):
            body = json.dumps({"__type": "NotImplemented", "message": message}).encode()
            headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
            start_response("501 Not Implemented", headers)
            return [body]

        return answer

    class Handler(MotoRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, code="-", size="-"):
            pass

    try:
        server = make_server("127.0.0.1", found.port, Emulator(changed), threaded=True, request_handler=Handler)
    except SystemExit:
        sys.exit(f"emulator: port {found.port} cannot be listened on")
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(f"ready http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdout = sys.stderr  # moto prints now and then
    server.serve_forever()


main()
