"""What the service can do, as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from typing import Any

from cleaner import __version__
from cleaner.config import PROFILES, THRESHOLDS
from cleaner.engine import Cleaner
from cleaner.rules import all_rules

_PROBLEMS = {
    "400": "The body is no JSON.",
    "401": "The token is missing or wrong.",
    "403": "The request names another host than this machine.",
    "408": "The body did not arrive in time.",
    "413": "The body is too large.",
    "415": "The body is not declared as application/json.",
    "422": "The JSON has another shape, or a setting is wrong.",
    "500": "A bug, or the process that cleaned the text died.",
    "503": "All workers are busy, or cleaning took too long.",
}


def document(cleaner: Cleaner, max_bytes: int, *, secured: bool) -> dict[str, Any]:
    """The document of a service that cleans with the settings of ``cleaner`` by default."""
    paths: dict[str, Any] = {
        "/clean": {"post": _post("clean", "Clean a text.", "Cleaned", secured)},
        "/explain": {
            "post": _post("explain", "Clean a text and tell everything about it.", "Explained", secured)
        },
        "/health": {
            "get": {
                "operationId": "health",
                "summary": "Does the service answer? Needs no token.",
                "responses": {"200": _json("Yes.", "Health"), "403": _problem("403")},
            }
        },
    }
    components: dict[str, Any] = {"schemas": _schemas(cleaner, max_bytes)}
    if secured:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cleaner",
            "version": __version__,
            "description": "Indonesian text cleaning and typo correction. Offsets are Unicode code points, "
            "half-open.",
        },
        "paths": paths,
        "components": components,
    }


def _post(name: str, summary: str, answer: str, secured: bool) -> dict[str, Any]:
    codes = [code for code in _PROBLEMS if secured or code != "401"]
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Request")}}},
        "responses": {"200": _json("The result.", answer), **{code: _problem(code) for code in codes}},
    }
    if secured:
        operation["security"] = [{"token": []}]
    return operation


def _json(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _ref(schema)}}}


def _problem(code: str) -> dict[str, Any]:
    return {
        "description": _PROBLEMS[code],
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(cleaner: Cleaner, max_bytes: int) -> dict[str, Any]:
    ids = [rule.id for rule in all_rules(cleaner.config)]
    families = {rule.rpartition(".")[0] for rule in ids} | {rule.partition(".")[0] for rule in ids}
    names = {"type": "array", "items": {"enum": sorted({*ids, *families})}}
    text = {"type": "string"}
    count = {"type": "integer", "minimum": 0}
    sure = {"type": "number", "minimum": 0, "maximum": 1}
    change = _object(
        {
            "id": text, "start": count, "end": count, "cleaned_start": count, "cleaned_end": count,
            "before": text, "after": text, "rule": text, "reason": text, "confidence": sure,
        },
        {
            "stage": text,
            "steps": {"type": "array", "items": {"type": "object"}},
            "alternatives": {"type": "array", "items": {"type": "array"}},
        },
    )  # fmt: skip
    changes = {"type": "array", "items": _ref("Change")}
    cleaned = {"text": text, "changes": changes, "fingerprint": text}
    return {
        "Request": _object(
            {"text": {"type": "string", "description": f"The whole body may have {max_bytes:,} bytes."}},
            {
                "profile": {"enum": list(PROFILES)},
                "strength": {"enum": list(THRESHOLDS)},
                "select": names,
                "ignore": names,
                "ignore_words": {"type": "array", "items": text},
                "min_confidence": sure,
                "outlet": {"enum": sorted(pack.outlet for pack in cleaner.packs)},
                "language": {"enum": ["id", "en"]},
            },
        ),
        "Change": change,
        "Cleaned": _object(cleaned),
        "Explained": _object(
            {
                **cleaned,
                "schema": text,
                "original": text,
                "sha256": _object({"original": text, "cleaned": text}),
                "suggestions": changes,
                "suppressed": {"type": "array", "items": {"type": "object"}},
            }
        ),
        "Health": _object({"status": {"const": "ok"}, "version": text, "fingerprint": text}),
        "Problem": _object({"title": text, "status": count, "detail": text}),
    }


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }
