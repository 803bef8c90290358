"""Who imports whom, read from the code: files, and the folders they are in."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("collapse_core", "ui", "pages", "benchmarks")
FILES = sorted(
    [ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
)


def module_name(path, root=ROOT):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path, root=ROOT):
    """Return the absolute names of everything a file imports, wherever in the file it does so."""
    package = module_name(path, root).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            names |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return names


def file_graph(files=FILES, root=ROOT):
    """Return for each file which others it imports, by module name."""
    modules = {module_name(path, root): path for path in files}
    graph = {}
    for name, path in modules.items():
        found = {target for target in imported(path, root) if target in modules}
        # `from package import submodule` names both; only the submodule is meant.
        direct = {t for t in found if not any(o != t and o.startswith(f"{t}.") for o in found)}
        kept = direct | {t for t in found - direct if takes_from(path, t, modules)}
        graph[name] = kept - {name}
    return graph


def takes_from(path, package, modules):
    """Return whether a file takes a name from a package that is not one of its modules."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and any(alias.name == package for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and not node.level and node.module == package:
            return any(f"{package}.{alias.name}" not in modules for alias in node.names)
    return False


def circles(graph):
    """Return the groups of nodes that reach each other: Tarjan's algorithm."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph.get(node, ()):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            group = []
            while not group or group[-1] != node:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted(found)


def room_of(module):
    """Return the room that a module is in: its folder, a topic's own folder, or a lone file."""
    parts = module.split(".")
    if "topics" in parts and len(parts) > parts.index("topics") + 1:
        return ".".join(parts[: parts.index("topics") + 2])
    if parts[0] == "collapse_core" and len(parts) > 1:
        return ".".join(parts[:2])
    return ".".join(parts[:2]) if parts[:2] == ["ui", "player"] else parts[0]


def room_graph(graph):
    """Return which rooms import which others."""
    rooms = {}
    for name, targets in graph.items():
        mine = rooms.setdefault(room_of(name), set())
        mine |= {room_of(target) for target in targets} - {room_of(name)}
    return rooms
