"""`--protocol`: another wire of a service, for the commands that look operations up."""

from __future__ import annotations

import click

protocol_option = click.option(
    "--protocol",
    metavar="NAME",
    help="Speak this one of the service's protocols: json, rest-json, query, ec2, rest-xml, "
    "rpc-v2-cbor.  [default: what botocore speaks]",
)
