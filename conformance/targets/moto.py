"""moto's server application as a target, in this process."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wsgi import WSGITarget, call
from awsconform.errors import TargetError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


_RESET = ("POST", "/moto-api/reset")


def moto_target(options: Options, name: str = "moto:") -> WSGITarget:
    """moto, fresh and empty; requests are signed since moto finds the service in the signature.

    Raises:
        TargetError: moto, or what its server needs, is not installed.
    """
    application = moto_application()

    def fresh() -> WSGIApplication:
        method, path = _RESET
        call(application, HTTPRequest(method, path, ()), options.response_limit)
        return application

    return WSGITarget(application, name=name, options=options, fresh=fresh)


def moto_application() -> WSGIApplication:
    """moto's application, changed in one respect: its exceptions are raised, not made a page of.

    moto says that it lacks an operation by an exception, which its server turns into the same HTML
    page as any failure.

    Raises:
        TargetError: moto, or what its server needs, is not installed.
    """
    try:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    except ImportError as error:
        raise TargetError(
            f"moto's server cannot be imported: {error}",
            hint="pip install 'awsconform[moto]'",
        ) from None

    def create(backend: Any) -> Any:
        if backend is None:
            raise NotImplementedError("moto has no such service")
        application = create_backend_app(backend)
        application.config["PROPAGATE_EXCEPTIONS"] = True
        return application

    dispatcher = DomainDispatcherApplication(create)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # moto prints a line for each request to a service it has not.
        with contextlib.redirect_stdout(io.StringIO()):
            answer: Iterable[bytes] = dispatcher(environ, start_response)
        return answer

    return application
