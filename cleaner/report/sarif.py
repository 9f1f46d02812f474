"""Findings as SARIF 2.1.0, which GitHub code scanning and many editors read.

The format: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0",
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; section numbers below are from there.

A log is written as it comes: `opening`, then a `finding` for each change with commas between, then
`closing`. Columns count Unicode code points from 1 (3.14.17, columnKind), the end of a region is
exclusive (3.30.8).
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from cleaner.edits import Change
from cleaner.result import CleanResult
from cleaner.rules.base import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def opening(version: str, rules: list[Rule], language: str) -> str:
    """The log up to its first result. ``language`` ("id", "en") is that of the rule descriptions."""
    driver = {"name": "cleaner", "version": version, "rules": [_rule(rule, language) for rule in rules]}
    return (
        f'{{"$schema":{_json(SCHEMA)},"version":"2.1.0","runs":[{{"tool":{_json({"driver": driver})},'
        f'"language":{_json(language)},"columnKind":"unicodeCodePoints","results":['
    )


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    """GitHub code scanning shows the help beside a finding, and refuses a rule without one."""
    description = rule.description._asdict()
    examples = "\n".join(f"  {example}" for example in rule.examples)
    return {
        "id": rule.id,
        "shortDescription": {"text": description[language]},
        "fullDescription": {"text": f"{description['id']}\n{description['en']}"},
        "help": {"text": f"{description[language]}\n{examples}"},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [rule.stage]},
    }


def closing(successful: bool) -> str:
    """The rest of the log. ``successful``: every file could be read (3.20.14)."""
    return f'],"invocations":[{_json({"executionSuccessful": successful})}]}}]}}\n'


def finding(
    result: CleanResult,
    change: Change,
    message: str,
    file: str,
    line: int | None = None,
    doc_id: str | None = None,
) -> str:
    """One result as JSON; ``message`` is plain text.

    ``line`` is given for a document that is one line of a JSONL file: then the region is that line, and
    there is no fix, since offsets count in the decoded text and not in the file.
    """
    stable = change.id if line is None else f"{doc_id}/{change.id}"
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    row: dict[str, Any] = {
        "ruleId": change.rule,
        "level": "warning",
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
        # Stable while the text before the change stays as long as it is (3.27.17).
        "partialFingerprints": {"cleanerChange/v1": stable},
        "properties": {"confidence": change.confidence},
    }
    if line is None:
        place["region"] = {**_region(result.original, change), "snippet": {"text": change.before}}
        row["fixes"] = [_fix(result.original, change, file)]
    else:
        place["region"] = {"startLine": line}
        row["locations"][0]["logicalLocations"] = [{"name": doc_id, "kind": "object"}]
    return _json(row)


def _fix(text: str, change: Change, file: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(text, change), "insertedContent": {"text": change.after}}
    return {
        "description": {"text": change.reason},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(file)}, "replacements": [replacement]}],
    }


def _region(text: str, change: Change) -> dict[str, int]:
    """Line and column of both ends, from 1; an insertion has an empty region (3.30.2)."""
    start_line, start_column = position(text, change.start)
    end_line, end_column = position(text, change.end)
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a code point, both from 1; only a line feed ends a line."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _uri(file: str) -> str:
    """A relative path as a relative URI reference, an absolute one as a file URI (3.4.3)."""
    from urllib.parse import quote

    path = quote(file)  # a colon as well: "a:b.txt" is no scheme
    return f"file://{path}" if PurePosixPath(file).is_absolute() else path


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
