"""House rules as functions: each takes a source text and returns its breaches as ``(line, sentence)``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

Breach = tuple[int, str]

MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 40
LEFT_UNDONE = re.compile(
    r"\b(TODO|FIXME|XXX)\b|NotImplementedError|pytest\.mark\.(skip|xfail)|pytest\.skip\("
)
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FACE = {"services", "queries", "columns", "policies", "events", "choices", "errors"}


def left_undone(source: str) -> Iterator[Breach]:
    """Nothing is left for later in the tree."""
    for number, line in enumerate(source.splitlines(), 1):
        if LEFT_UNDONE.search(line):
            yield number, "left undone: finish it or make an issue"


def too_long(source: str) -> Iterator[Breach]:
    """A file has at most 400 lines, a function 40 (aim at 10)."""
    lines = source.count("\n")
    if lines > MOST_FILE_LINES:
        yield 1, f"{lines} lines; over {MOST_FILE_LINES} a file becomes a folder of the same name and face"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield (
                    node.lineno,
                    f"{node.name} has {length} lines; over {MOST_FUNCTION_LINES} it has a second idea",
                )


def asks_the_clock(source: str) -> Iterator[Breach]:
    """Below the edge time comes as ``at=`` or ``on=``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.func.attr) in CLOCKS:
                yield node.lineno, f"{name}.{node.func.attr}() below the edge: take at= from outside"


def uses_float(source: str) -> Iterator[Breach]:
    """Money and law know whole numbers only; ``isinstance`` and ``__float__`` may name what they refuse."""
    tree = ast.parse(source)
    spared = {id(part) for node in ast.walk(tree) if _refuses(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in spared:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the float {node.value}: use rupiah, a Rate or a Ratio"
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "the type float near money or law"
        if isinstance(node, ast.Attribute) and node.attr in ("Float32", "Float64", "FloatField"):
            yield node.lineno, f"{node.attr} near money or law"


def undocumented(source: str) -> Iterator[Breach]:
    """Each module and each public function or class says what it is."""
    tree = ast.parse(source)
    if not ast.get_docstring(tree):
        yield 1, "the module has no docstring"
    for node in tree.body:
        public = isinstance(node, DEFINITIONS) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            yield node.lineno, f"{node.name} has no docstring"


def bypasses_a_face(source: str, own: str, domains: dict[str, set[str]]) -> Iterator[Breach]:
    """Other packages see a domain's face only. ``domains`` gives what each shows beside the common face."""
    for node in ast.walk(ast.parse(source)):
        for name in _imported(node):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "pamong" or parts[1] == own or parts[1] not in domains:
                continue
            if parts[2] not in FACE | domains[parts[1]]:
                yield node.lineno, f"{name} is no face of {parts[1]}: {', '.join(sorted(FACE))}"


def actor_not_first(source: str) -> Iterator[Breach]:
    """Public functions of services and queries take keyword arguments only, ``actor`` first."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = node.args
            keywords = [argument.arg for argument in arguments.kwonlyargs]
            if arguments.args or arguments.posonlyargs or keywords[:1] != ["actor"]:
                yield node.lineno, f"{node.name} should begin with (*, actor: Actor, ...)"


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "isinstance"
    return isinstance(node, ast.FunctionDef) and node.name == "__float__"


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
