"""What schemathesis cannot know by itself; `cargo xtask schemathesis` loads it."""

import json

import schemathesis


@schemathesis.serializer("application/cbor")
def as_bytes(ctx, value):
    """The document describes a body of CBOR as its bytes: numbers are those bytes, anything else is sent as it is written."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, list) and all(type(byte) is int and 0 <= byte < 256 for byte in value):
        return bytes(value)
    return json.dumps(value).encode()
