"""What is shipped for a school's server: not root, pinned, looked after, and what browsers need."""

import base64
import hashlib
import os
import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
import streamlit
from packaging.requirements import Requirement
from streamlit import config

from benchmarks.school import CONFIG

DEPLOY = CONFIG.parent
yaml = pytest.importorskip("yaml")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
HAPROXY = CONFIG.read_text(encoding="utf-8")
HEADERS = [
    line.strip()
    for line in HAPROXY.splitlines()
    if line.strip().startswith("http-response set-header")
]


def checked(program, text, folder, **settings):
    path = folder / "haproxy.cfg"
    path.write_text(text, encoding="utf-8")
    named = {"REPLICA_1": "127.0.0.1", "REPLICA_2": "127.0.0.2"}
    done = subprocess.run(
        [program, "-c", "-f", path],
        env=os.environ | named | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("settings", [{}, {"BASE_PATH": "/collapse", "FRAME_ANCESTORS": "'self'"}])
def test_the_proxys_file_is_valid_without_a_warning(haproxy, tmp_path, settings):
    code, said = checked(haproxy, HAPROXY, tmp_path, **settings)
    assert code == 0, said
    assert "WARNING" not in said


def test_a_broken_file_is_found_out(haproxy, tmp_path):
    code, _ = checked(haproxy, HAPROXY.replace("balance leastconn", "balance fairly"), tmp_path)
    assert code != 0


def test_every_image_is_pinned_and_ends_as_nobody():
    stages = re.split(r"^(?=FROM )", CONTAINERFILE, flags=re.M)[1:]
    assert len(stages) == 2
    for stage in stages:
        assert re.match(r"FROM [\w./-]+:\d+\.\d+[\w.-]* AS \w+\n", stage), stage.splitlines()[0]
        user = re.findall(r"^USER (\S+)$", stage, flags=re.M)[-1]
        assert int(user.split(":")[0]) > 0
        assert "HEALTHCHECK" in stage
    assert "/_stcore/health" in stages[0]
    assert "USER" not in stages[0].split("CMD")[-1]


def test_every_requirement_is_pinned_to_what_it_allows():
    lines = (DEPLOY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    wanted = (CONFIG.parents[1] / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for line in filter(None, wanted):
        requirement = Requirement(line)
        assert requirement.specifier.contains(pinned[requirement.name])


def test_the_services_are_nobody_hold_little_and_are_looked_after():
    for name, service in COMPOSE["services"].items():
        assert int(service["user"].split(":")[0]) > 0, name
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["image"].rpartition(":")[2] not in ("", "latest")
        health = " ".join(service["healthcheck"]["test"])
        asked = {"proxy": "/proxy-health", "database": "pg_isready -h 127.0.0.1"}
        assert asked.get(name, "/_stcore/health") in health


def test_replicas_share_one_secret_and_check_forms():
    replicas = [s for name, s in COMPOSE["services"].items() if name.startswith("replica-")]
    secrets = {s["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"] for s in replicas}
    assert len(replicas) >= 2
    assert len(secrets) == 1
    assert next(iter(secrets)).startswith("${COOKIE_SECRET:?"), "it has no default"
    for service in replicas:
        assert service["environment"]["STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION"] == "true"
    named = {v for n, v in COMPOSE["services"]["proxy"]["environment"].items() if "REPLICA" in n}
    assert named == {name for name in COMPOSE["services"] if name.startswith("replica-")}


def test_replicas_share_one_database_that_is_there_before_them():
    database = COMPOSE["services"]["database"]
    password = database["environment"]["POSTGRES_PASSWORD"]
    assert password.startswith("${CLASS_PASSWORD:?"), "it has no default"
    assert "ports" not in database, "nobody reaches it from elsewhere"
    assert re.fullmatch(r"postgres:\d+\.\d+-\w+", database["image"])
    for name, service in COMPOSE["services"].items():
        if name.startswith("replica-"):
            address = service["environment"]["COLLAPSE_CLASS_DATABASE"]
            assert address == (
                "${COLLAPSE_CLASS_DATABASE:-"
                "postgresql://collapse:${CLASS_PASSWORD}@database/collapse}"
            )
            assert service["depends_on"]["database"]["condition"] == "service_healthy"
    asked = (DEPLOY / "example.env").read_text(encoding="utf-8")
    needed = re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert all(re.search(f"^{name}=$", asked, flags=re.M) for name in needed)


def test_the_cluster_has_the_same_affinity_headers_and_nobody():
    deployment, service, ingress, settings = KUBERNETES
    pod = deployment["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["containers"][0]["readinessProbe"]["httpGet"]["path"] == "/_stcore/health"
    told = service["metadata"]["annotations"]
    assert told["haproxy.org/cookie-persistence"] == "replica"
    snippet = [line.strip() for line in told["haproxy.org/backend-config-snippet"].splitlines()]
    for header in HEADERS:
        assert header.replace("${FRAME_ANCESTORS}", "*") in snippet
    assert settings["data"]["timeout-tunnel"] == "1h"
    assert ingress["spec"]["tls"]


def test_the_page_of_streamlit_has_no_script_but_the_one_that_is_allowed():
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.S)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    policy = next(line for line in HEADERS if "Content-Security-Policy" in line)
    assert sorted(hashes) == sorted(re.findall(r"'sha256-([^']+)'", policy)), (
        f"Streamlit {metadata.version('streamlit')} has another inline script: put its hash into "
        "deploy/haproxy.cfg and deploy/kubernetes.yaml"
    )


def test_the_policy_runs_no_script_from_elsewhere_and_no_text():
    policy = next(line for line in HEADERS if "Content-Security-Policy" in line).split('"')[1]
    rules = {name: told for name, *told in (rule.split() for rule in policy.split(";"))}
    told = {each for rule in rules.values() for each in rule}
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(rules["script-src"])
    assert not any(each.startswith(("http", "*", "ws:", "wss:")) for each in told)
    assert rules["frame-ancestors"] == ["${FRAME_ANCESTORS}"], (
        "who may frame it is a school's choice"
    )


def test_forms_are_checked_where_nothing_else_is_said():
    # Streamlit's own default; what is shipped must not switch it off.
    assert config.get_option("server.enableXsrfProtection") is True
    assert config.get_option("server.enableCORS") is True
    shipped = (CONFIG.parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert not re.search(r"^\s*enable(XsrfProtection|CORS)\s*=\s*false", shipped, flags=re.M)


def test_logs_hold_no_query_and_no_reader():
    formats = [line for line in HAPROXY.splitlines() if "log-format" in line]
    formats.append(KUBERNETES[-1]["data"]["log-format"])
    for wanted in formats:
        assert not re.search(r"%(ci|cp|HU|HP\b|HQ|HPO|r\b|hr|hrl)|query|url\b|src\b", wanted)
    assert not re.search(r"^\s*(option httplog|capture )", HAPROXY, flags=re.M)
