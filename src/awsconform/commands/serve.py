"""`awsconform serve`: the embedded emulator, for any AWS SDK or CLI."""

from __future__ import annotations

import click

from awsconform.errors import UsageError


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=4570,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
@click.option("--allow-remote", is_flag=True, help="HOST may be reached from other machines.")
def command(host: str, port: int, allow_remote: bool) -> None:
    """Serve the embedded emulator until Ctrl-C.

    It begins empty, forgets everything at its end, and takes any credentials.
    """
    from awsconform.conformance.emulator.serving import is_this_machine, serve

    if not allow_remote and not is_this_machine(host):
        raise UsageError(
            f"{host} can be reached from other machines",
            hint="listen on 127.0.0.1, or say --allow-remote",
        )
    serve(host, port, allow_remote=allow_remote, announce=_announce)


def _announce(url: str) -> None:
    click.echo(
        f"{url}\n\n"
        "For SDKs and the AWS CLI, in their shell:\n\n"
        f"  export AWS_ENDPOINT_URL={url} AWS_DISABLE_HOST_PREFIX_INJECTION=true\n"
        "  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=us-east-1\n\n"
        "Ctrl-C ends it."
    )
