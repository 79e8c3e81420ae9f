"""Judgements of reviewers: read from a file, held against one another, and applied to what documents say."""

from kg.judge.apply import Judgements, make_judgements, read_judgements
from kg.judge.corrections import decode_correction, decode_party
from kg.judge.decode import decode_judgement, decode_time
from kg.judge.encode import encode_judgement, encode_key
from kg.judge.files import Entry, append_judgements, find_quoting, load_judgements
from kg.judge.identity import Identity
from kg.model.judgement import FILE_NAME

__all__ = [
    "FILE_NAME",
    "Entry",
    "Identity",
    "Judgements",
    "append_judgements",
    "decode_correction",
    "decode_judgement",
    "decode_party",
    "decode_time",
    "encode_judgement",
    "encode_key",
    "find_quoting",
    "load_judgements",
    "make_judgements",
    "read_judgements",
]
