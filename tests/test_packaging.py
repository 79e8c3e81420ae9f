"""What travels in the wheel, and that it works where the tree is not."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import kg
from tests.pages import read_page

# What only a module or a folder needs, by the extra that brings it.
OPTIONAL = {
    "kg/pipeline/spark.py": "spark",
    "kg/rdf/describe.py": "docs",
    "kg/serve": "serve",
    "kg/watch": "watch",
}
PARTS = ("kg", "data", "ontology", "setup.cfg", "pyproject.toml", "README.md", "LICENSE", "NOTICE")


def read_setup(tree: Path) -> configparser.RawConfigParser:
    """Read setup.cfg."""
    setup = configparser.RawConfigParser()
    setup.read(tree / "setup.cfg", encoding="utf-8")
    return setup


def list_requirements(text: str) -> set[str]:
    """Name the distributions of a list of requirements, in lower case."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return {re.split(r"[<>=!;\[ ]", line, maxsplit=1)[0].lower() for line in lines}


def list_imports(folder: Path) -> Iterator[tuple[str, str]]:
    """List the outermost names of what the modules of a folder import, each with the module."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name.partition(".")[0], str(path)) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0], str(path)


def test_packaging_names_every_package(tree: Path) -> None:
    """Each folder of kg/ that holds a module is in setup.cfg, or the wheel would lack it."""
    named = set(read_setup(tree)["options"]["packages"].split())
    folders = {".".join(path.parent.relative_to(tree).parts) for path in (tree / "kg").rglob("__init__.py")}
    assert named - {"kg._data", "kg._ontology"} == folders


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 finds no distribution without a top_level.txt")
def test_packaging_requires_what_is_imported(tree: Path) -> None:
    """Each library that kg/ imports is in setup.cfg, by its own name and not as somebody else's dependency."""
    setup, owners, missing = read_setup(tree), packages_distributions(), set()
    required = list_requirements(setup["options"]["install_requires"])
    for name, module in list_imports(tree / "kg"):
        place = Path(module).relative_to(tree)
        extra = next((extra for home, extra in OPTIONAL.items() if place.is_relative_to(home)), None)
        allowed = required | list_requirements(setup["options.extras_require"][extra]) if extra else required
        if name not in sys.stdlib_module_names and name != "kg":
            # Where an optional library is not installed, its distribution is taken to be named as it is.
            known = {owner.lower() for owner in owners.get(name, [name])}
            if not known & allowed:
                missing.add((name, module))
    assert missing == set()


def test_packaging_build_backend_is_all_of_pyproject(tree: Path) -> None:
    """pyproject.toml holds the build backend; everything else is in setup.cfg."""
    tables = re.findall(r"^\[(.+)\]$", (tree / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert tables == ["build-system"]


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, of a copy: a build leaves traces beside its sources."""
    copy, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheels")
    for part in PARTS:
        if (tree / part).is_dir():
            shutil.copytree(tree / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif (tree / part).exists():
            shutil.copy(tree / part, copy)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(out), "."]
    subprocess.run(pip, cwd=copy, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_packaging_wheel_holds_the_data(tree: Path, wheel: Path) -> None:
    """All of data/ and ontology/, and every file beside the code that is not code, is in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    for folder, home in (("data", "kg/_data"), ("ontology", "kg/_ontology"), ("kg", "kg")):
        files = (path for path in (tree / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        wanted = {f"{home}/{path.relative_to(tree / folder).as_posix()}" for path in files}
        assert wanted - packed == set()
    assert any(name.endswith("licenses/LICENSE") for name in packed)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own, which borrows only the libraries of this one."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (site,) = (home / "lib").glob("python*/site-packages")
    # A folder named in a .pth file does not have its own .pth files read: the tree's editable install stays out.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def run_installed(binary: Path, *arguments: str, cwd: Path) -> str:
    """Run a program of the environment, where the tree is out of sight."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(binary), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_packaging_wheel_builds_and_views(installed: Path, tmp_path: Path) -> None:
    """Away from the tree, ``kg build`` reads two documents and ``kg view`` writes a page that names the parties."""
    where = run_installed(installed / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    (tmp_path / "one.txt").write_text("Germany fined Telegram 5.1 million euros in October 2022.", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Russia banned Telegram in April 2018 after a court order.", encoding="utf-8")
    said = run_installed(installed / "kg", "build", "one.txt", "two.txt", "-o", "store", cwd=tmp_path)
    assert said.startswith("2 documents, ")
    run_installed(installed / "kg", "view", "store", cwd=tmp_path)
    page = read_page(tmp_path / "store" / "graph.html")
    assert "Telegram" in page and "Germany" in page
    assert "Who acted against" in run_installed(installed / "kg", "query", "store", cwd=tmp_path)
    assert run_installed(installed / "kg", "--version", cwd=tmp_path) == f"kg {kg.__version__}\n"
