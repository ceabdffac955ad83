"""Readers of AWS reference pages: boto3 (reStructuredText, HTML, text), AWS CLI (HTML, text).

`awsconform.specs.documents.recognition.read_page` tells the formats apart and reads any of them
into the document tree of `awsconform.specs.documents.tree`.

Syntax blocks, synopsis and member lists check one another, so damage to a name, a type or the
nesting is found. What a page states only once cannot be checked by the page alone: enum values,
`[REQUIRED]` on a boto3 page, exceptions, the members of a command's output, a whole paragraph of
prose, a number in it. Those that look damaged get a warning; `awsconform.specs.pages.extract`
compares all facts with the committed document of the same operation, where there is one.
"""
