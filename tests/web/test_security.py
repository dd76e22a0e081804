"""Headers, host names, origins, pages that escape, certificates."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import pytest

from assistant.access import create_demo_accounts
from assistant.errors import ConfigurationError
from assistant.web.pages import HERE, STATIC, version
from assistant.web.security import csrf_matches, csrf_token, same_origin
from assistant.web.serve import configure
from assistant.web.tls import make_local_certificate
from tests.web.conftest import SmallHouse, Visitors

PAGES = ("/", "/login", "/history", "/admin/templates", "/nothing", "/api/me", "/api/health")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(visit: Visitors, path: str) -> None:
    headers = visit("quantri").get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" and policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8000"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers


def test_pages_hold_no_inline_script_and_no_foreign_address() -> None:
    for file in [*(HERE / "templates").glob("*.html"), *STATIC.glob("*.css")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=|javascript:", text), file.name
        assert not re.search(r"https?://", text), file.name
    for file in STATIC.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(", text), file.name


def test_static_files_are_found_and_kept(visit: Visitors) -> None:
    page = visit("quantri").get("/").text
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(set(links)) >= 3
    for link in links:
        told = visit().get(link)
        assert told.status_code == 200 and "immutable" in told.headers["cache-control"]
    assert visit().get(f"/static/{version()}/../../app.py").status_code == 404


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE turns; --", '"><img src=x onerror=alert(1)>']
)
def test_html_and_sql_in_questions_stay_text(visit: Visitors, text: str) -> None:
    browser = visit("lanhdao")
    answer = browser.ask(text)
    assert answer["asked"] == text
    page = browser.get("/history").text
    assert text not in page or "<" not in text
    assert browser.get("/history", params={"q": text}).status_code == 200
    assert "<script>alert" not in browser.get("/history", params={"q": text}).text
    assert browser.get("/api/conversations").json()[0]["title"] == text


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:9", True),
        ("[::1]:8000", True),
        ("troly.example.vn", False),
        ("10.0.0.5:8000", False),
        ("127.0.0.1.evil.example", False),
        ("a b", False),
        ("", False),
    ],
)
def test_with_demo_accounts_only_this_machine_is_served(
    visit: Visitors, house: SmallHouse, host: str, allowed: bool
) -> None:
    create_demo_accounts_apart(house)
    told = Visitors(house)().get("/login", headers={"host": host})
    assert (told.status_code == 200) is allowed
    assert allowed or told.status_code == 403


def create_demo_accounts_apart(house: SmallHouse) -> None:
    """Demonstration accounts beside the test's own, which carry some of their names."""
    for name in ("lanhdao", "giaoduc", "yte", "moi", "quantri"):
        house.accounts.disable(name)
    house.accounts.create("mau", "mot mat khau dai", full_name="Mẫu", role="officer", demo=True)


def test_own_accounts_are_never_taken_for_demonstration(house: SmallHouse) -> None:
    with pytest.raises(ConfigurationError, match="lanhdao"):
        create_demo_accounts(house.accounts, house.settings.data_dir, ("health",), origin="sample")


def test_behind_a_proxy_only_its_name_is_served(house: SmallHouse) -> None:
    house.settings.public_origin = "https://troly.example.vn"
    visit = Visitors(house)
    told = visit().get("/login", headers={"host": "troly.example.vn"})
    assert told.status_code == 200
    assert told.headers["strict-transport-security"] and "; Secure" in told.headers["set-cookie"]
    assert "wss://troly.example.vn" in told.headers["content-security-policy"]
    assert visit().get("/login", headers={"host": "khac.example.vn"}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "host", "public", "same"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "", True),
        ("https://a.vn", "a.vn", "", True),
        ("https://A.vn", "a.vn", "", True),
        ("http://127.0.0.1:8001", "127.0.0.1:8000", "", False),
        ("https://a.vn.evil.example", "a.vn", "", False),
        ("https://a.vn", "127.0.0.1:8000", "https://a.vn", True),
        ("http://a.vn", "127.0.0.1:8000", "https://a.vn", False),
        ("null", "null", "", False),
        ("", "", "", False),
        ("file://a.vn", "a.vn", "", False),
    ],
)
def test_same_origin(origin: str, host: str, public: str, same: bool) -> None:
    assert same_origin(origin, host, public) is same


def test_token_of_a_form_belongs_to_one_secret() -> None:
    assert csrf_matches("secret", csrf_token("secret"))
    assert not csrf_matches("secret", csrf_token("other"))
    assert not csrf_matches("", csrf_token(""))
    assert not csrf_matches("secret", "ẩn")


def test_serving_needs_both_halves_of_a_certificate(house: SmallHouse, tmp_path: Path) -> None:
    made = make_local_certificate(tmp_path / "tls", ["127.0.0.1", "troly.local"])
    house.settings.tls_certificate = made.certificate
    with pytest.raises(ConfigurationError, match="together"):
        configure(house, house.settings)
    house.settings.tls_key = tmp_path / "nothing.pem"
    with pytest.raises(ConfigurationError, match="not there"):
        configure(house, house.settings)
    house.settings.tls_key = made.key
    config = configure(house, house.settings)
    config.load()
    assert config.is_ssl and not config.proxy_headers
    assert made.key.stat().st_mode & 0o777 == 0o600


def test_local_certificate_is_trusted_through_its_authority(tmp_path: Path) -> None:
    made = make_local_certificate(tmp_path, ["127.0.0.1"])
    trusted = ssl.create_default_context(cafile=str(made.authority))
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(made.certificate, made.key)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusted.wrap_bio(to_client, to_server, server_hostname="127.0.0.1")
    server = own.wrap_bio(to_server, to_client, server_side=True)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    assert client.version() == "TLSv1.3"
    with pytest.raises(ConfigurationError):
        make_local_certificate(tmp_path, [])


def test_demo_accounts_keep_the_server_on_loopback(house: SmallHouse) -> None:
    house.settings.host = "0.0.0.0"
    configure(house, house.settings)
    create_demo_accounts_apart(house)
    with pytest.raises(ConfigurationError, match="demonstration accounts"):
        configure(house, house.settings)


def test_proxies_are_believed_only_where_they_are_named(house: SmallHouse) -> None:
    assert not configure(house, house.settings).proxy_headers
    house.settings.proxy_addresses = "127.0.0.1"
    config = configure(house, house.settings)
    assert config.proxy_headers and config.forwarded_allow_ips == "127.0.0.1"
