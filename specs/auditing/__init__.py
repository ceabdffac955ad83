"""The readers' bench: pages rendered from the installed models, read back and compared with them.

`running.audit` does it for a selection of operations and one page format. What a format states is
told by its renderer module, which offers `FORMATS`: `awsconform.specs.auditing.rendering.Audited`
by the format's name.
"""
