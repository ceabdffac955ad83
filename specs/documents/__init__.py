"""Readers of AWS reference pages: boto3 reStructuredText, boto3 Sphinx text, AWS CLI text.

`awsconform.specs.documents.recognition.read_page` tells the formats apart and reads any of them
into the document tree of `awsconform.specs.documents.tree`.
"""
