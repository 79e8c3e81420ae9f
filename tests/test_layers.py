"""The walls of the house, and what stays outside until it is called for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "igraph", "trafilatura", "pandas", "numpy", "IPython")


def run_linter(tree: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of setup.cfg on the package in a folder."""
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as run; run()"]
    return subprocess.run([*command, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)


def test_layers_are_kept(tree: Path) -> None:
    """No stage imports what lies above or beside it, every module has its layer, and each library stays at home."""
    result = run_linter(tree)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("kg/model/document.py", "import kg.kb", "a stage imports only what lies below it"),
        ("kg/resolve/__init__.py", "import kg.rdf", "a stage imports only what lies below it"),
        ("kg/shortcut.py", "", "a stage imports only what lies below it"),
        ("kg/query/__init__.py", "import spacy", "spaCy stays in annotate and extract"),
        ("kg/sources/__init__.py", "import rdflib", "rdflib and Oxigraph stay from rdf up"),
        ("kg/view/__init__.py", "import click", "click stays in cli"),
        ("kg/rdf/__init__.py", "import pyvis", "pyvis stays in view"),
    ],
)
def test_layers_contract_sees_a_breach(tree: Path, tmp_path: Path, module: str, line: str, contract: str) -> None:
    """A forbidden import, or a module that has no layer, breaks the contract of that name."""
    shutil.copytree(tree / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(tree / "setup.cfg", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    result = run_linter(tmp_path)
    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if "BROKEN" in line or "Missing layer" in line]
    assert any(contract in line or "kg.shortcut" in result.stdout for line in broken), result.stdout


@pytest.mark.parametrize("code", ["import kg", "from kg.cli import run; assert run(['--help']) == 0"])
def test_layers_import_no_heavy_library(code: str) -> None:
    """``import kg`` and ``kg --help`` load none of the heavy libraries."""
    script = f"{code}\nimport sys\nprint('LOADED', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1].split() == ["LOADED"]
