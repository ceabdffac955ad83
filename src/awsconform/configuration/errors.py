"""What can be wrong with a configuration: a class for each way."""

from __future__ import annotations

from awsconform.errors import AwsconformError


class ConfigurationError(AwsconformError):
    """A configuration cannot be used."""


class ConfigurationMissing(ConfigurationError):
    """The file that was named is not there, or says nothing of awsconform."""


class ConfigurationUnreadable(ConfigurationError):
    """The file cannot be read."""


class NotTOML(ConfigurationError):
    """The file is no TOML; the error names line and column."""


class UnknownKey(ConfigurationError):
    """A key means nothing where it stands."""


class WrongType(ConfigurationError):
    """A value is of another type than it has to be."""


class InvalidValue(ConfigurationError):
    """A value is of the right type, and none of those that are possible."""


class HookError(ConfigurationError):
    """A hook cannot be loaded, fails, or gives what it must not."""
