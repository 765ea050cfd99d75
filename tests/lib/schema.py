# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON schemas, for checks in tests."""
import json
import sys


def validator_of(path):
    """A validator for the schema in that file, which must be valid; None, with a message, without jsonschema."""
    with open(path, encoding='utf-8') as file:
        schema = json.load(file)
    try:
        import jsonschema
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)
    except (ImportError, AttributeError):
        print('note: no jsonschema here, package python3-jsonschema: checked by keys only', file=sys.stderr)
        return None
