import ast
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
OURS = {"jalon", "actions"}
MODULES = sorted(path for folder in OURS for path in (HOME / folder).rglob("*.py"))
OUTER_RING = ("actions", "jalon.nlu", "jalon.channels", "jalon.web")


def name_of(path):
    """The dotted name of a module."""
    return ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path):
    """Every module of ours that a file imports, wherever in the file."""
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in OURS)


def is_in(name, package):
    """Whether a module lies in a package or is it."""
    return name == package or name.startswith(f"{package}.")


def files_of(package):
    """The modules of a package."""
    found = [path for path in MODULES if is_in(name_of(path), package)]
    assert found, f"{package} is not there"
    return found


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("jalon.procedure", ["jalon.procedure"]),
        ("jalon.languages", []),
        ("jalon.findings", []),
        ("jalon.knowledge", ["jalon.knowledge", "jalon.procedure", "jalon.languages", "jalon.findings"]),
    ],
)
def test_the_inner_rings_import_nothing_from_further_out(package, allowed):
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in files_of(package)
        for name in imports_of(path)
        if not any(is_in(name, inner) for inner in allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", OUTER_RING)
def test_the_packages_of_the_outer_ring_never_import_one_another(package):
    others = [other for other in OUTER_RING if other != package]
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in files_of(package)
        for name in imports_of(path)
        if any(is_in(name, other) for other in others)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_settings_read_the_environment(path):
    if name_of(path) == "jalon.settings":
        assert environment_reads(path)
    else:
        assert environment_reads(path) == []


def environment_reads(path):
    """The lines that read the environment; setting a variable for Rasa in jalon.training is no reading."""
    tree = ast.parse(path.read_text("utf-8"))
    written = set()
    if name_of(path) == "jalon.training":
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                written |= {id(target.value) for target in node.targets if isinstance(target, ast.Subscript)}
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                called = node.value.func
                if isinstance(called, ast.Attribute) and called.attr == "setdefault":
                    written.add(id(called.value))
    readers = {"environ", "environb", "getenv", "getenvb", "dotenv_values", "load_dotenv"}
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            names = {node.attr}
        elif isinstance(node, ast.Name):
            names = {node.id}
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
        else:
            continue
        if names & readers and id(node) not in written:
            lines.append(node.lineno)
    return lines
