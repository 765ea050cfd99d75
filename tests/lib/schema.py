# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON schemas, for the checks that tests carry with them."""
import json
import sys


def validator_of(path):
    """Of the schema in that file, which has to be one; None where there is no jsonschema, which is said."""
    with open(path, encoding='utf-8') as file:
        schema = json.load(file)
    try:
        import jsonschema
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)
    except (ImportError, AttributeError):
        print('note: no jsonschema here, package python3-jsonschema: checked by keys only', file=sys.stderr)
        return None
