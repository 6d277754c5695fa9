"""Signing in with the browser at a local authority: the good way, every refusal, and what must not work."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from leaddesk.doors.browser_sign_in import refresh, sign_in
from leaddesk.words.account import Client
from leaddesk.words.errors import NotSignedIn, OutOfReach, SlowDown
from leaddesk.words.sign_in import Grant, Refusal
from tests.real.authority import CLIENT, Browser, LocalAuthority, id_token, visit, with_words


@pytest.fixture
def authority() -> Iterator[LocalAuthority]:
    with LocalAuthority() as made:
        yield made


def signed_in(
    authority: LocalAuthority,
    browser: Browser | None = None,
    *,
    client: Client = CLIENT,
    within_s: float = 10,
) -> Grant:
    browser = browser or Browser()
    try:
        return sign_in(authority.row(), client, open_browser=browser, within_s=within_s)
    finally:
        browser.join()


def why_not(authority: LocalAuthority, browser: Browser | None = None, **more: float) -> NotSignedIn:
    with pytest.raises(NotSignedIn) as refused:
        signed_in(authority, browser, **more)  # type: ignore[arg-type]  # only `within_s`
    return refused.value


def words_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


# -- the good way


def test_the_person_signs_in_and_a_token_that_opens_the_box_comes_home(authority: LocalAuthority) -> None:
    browser = Browser()
    grant = signed_in(authority, browser)
    assert authority.opens(grant.access_token, "ana")
    assert (grant.lasts_s, grant.signer) == (3600.0, "ana@lofts.example")
    assert browser.seen == [200]


def test_the_request_is_as_rfc_8252_wants_it(authority: LocalAuthority) -> None:
    browser = Browser()
    sign_in(authority.row(), CLIENT, open_browser=browser, hint="ana@lofts.example", within_s=10)
    browser.join()
    asked = words_of(browser.opened[0])
    back = urlsplit(asked["redirect_uri"])
    assert urlsplit(browser.opened[0]).path == "/common/authorize"
    assert (asked["response_type"], asked["client_id"], asked["login_hint"]) == (
        "code", "leaddesk-test", "ana@lofts.example",
    )  # fmt: skip
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "mail.read mail.send offline_access openid"
    assert (back.scheme, back.hostname, back.path) == ("http", "127.0.0.1", "")
    (exchanged,) = [words for path, words in authority.asked if path == "/common/token"]
    assert 43 <= len(exchanged["code_verifier"]) <= 128
    assert exchanged["redirect_uri"] == asked["redirect_uri"]


def test_no_two_sign_ins_have_a_word_or_a_port_in_common(authority: LocalAuthority) -> None:
    browser = Browser()
    for _ in range(3):
        signed_in(authority, browser)
    asked = [words_of(url) for url in browser.opened]
    for name in ("state", "nonce", "code_challenge", "redirect_uri"):
        assert len({words[name] for words in asked}) == 3


def test_the_firms_own_tenant_and_client_secret_are_used(authority: LocalAuthority) -> None:
    client = replace(CLIENT, tenant="1f05/b1", secret="no secret")
    grant = signed_in(authority, client=client)
    refresh(authority.row(), client, grant.refresh_token)
    paths = [path for path, _ in authority.asked]
    assert paths == ["/1f05%2Fb1/authorize", "/1f05%2Fb1/token", "/1f05%2Fb1/token"]
    assert [words.get("client_secret") for _, words in authority.asked] == [None, "no secret", "no secret"]


# -- refusals


def test_a_person_who_says_no_is_believed(authority: LocalAuthority) -> None:
    authority.denies = {"error": "access_denied", "error_description": "AADSTS65004: declined"}
    assert why_not(authority).refusal is Refusal.DENIED


@pytest.mark.parametrize(
    "denial",
    [
        {"error": "access_denied", "error_description": "AADSTS90094: Admin consent is required."},
        {"error": "consent_required", "error_description": "AADSTS65001: nobody has consented"},
        {"error": "access_denied", "error_description": "Needs administrator approval"},
        {"error": "admin_policy_enforced"},
    ],
)
def test_what_only_an_administrator_can_allow_comes_with_the_address_to_forward(
    authority: LocalAuthority, denial: dict[str, str]
) -> None:
    authority.denies = denial
    refused = why_not(authority)
    assert refused.refusal is Refusal.ADMINISTRATOR
    assert refused.link == f"{authority.url}/common/adminconsent?client_id=leaddesk-test"
    assert refused.link in refused.mend


def test_a_client_id_that_nobody_knows_is_told(authority: LocalAuthority) -> None:
    with pytest.raises(NotSignedIn, match="does not know this client id") as refused:
        signed_in(authority, client=replace(CLIENT, id="a typing error"))
    assert refused.value.refusal is Refusal.CLIENT


def test_nobody_comes_back(authority: LocalAuthority) -> None:
    refused = why_not(authority, Browser(on_way=lambda url: None), within_s=0.2)
    assert refused.refusal is Refusal.TIMED_OUT
    assert "/adminconsent?" in refused.mend


def test_a_cancel_ends_the_wait_at_once_and_closes_the_door(authority: LocalAuthority) -> None:
    cancel, browser = threading.Event(), Browser(on_way=lambda url: None)
    threading.Timer(0.1, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(NotSignedIn) as refused:
        sign_in(authority.row(), CLIENT, open_browser=browser, cancel=cancel)
    assert refused.value.refusal is Refusal.CANCELLED
    assert time.monotonic() - began < 2
    port = urlsplit(words_of(browser.opened[0])["redirect_uri"]).port
    with socket.socket() as knock:
        assert knock.connect_ex(("127.0.0.1", port or 0)) != 0


# -- what must not work (FAULTS T18)


def strays(browser: Browser, *detours: str) -> Browser:
    """The browser visits these addresses before the right one; `{back}` is where it was sent."""

    def on_way(back: str) -> str:
        browser.seen.extend(visit(detour.format(back=back)) for detour in detours)
        return back

    browser.on_way = on_way
    return browser


def test_a_wrong_state_is_told_to_the_browser_and_does_not_end_the_sign_in(authority: LocalAuthority) -> None:
    browser = Browser()

    def on_way(back: str) -> str:
        for state in ("guess", "", None, "ü", "x" * 9000):
            browser.seen.append(visit(with_words(back, state=state, code="stolen")))
        return back

    browser.on_way = on_way
    assert authority.opens(signed_in(authority, browser).access_token, "ana")
    assert browser.seen == [400, 400, 400, 400, 400, 200]
    assert "stolen" not in str(authority.asked)


def test_when_only_forged_answers_come_they_are_named(authority: LocalAuthority) -> None:
    authority.keeps_state = False
    browser = Browser()
    assert why_not(authority, browser, within_s=0.5).refusal is Refusal.FORGED
    assert browser.seen == [400]
    assert [path for path, _ in authority.asked] == ["/common/authorize"]


@pytest.mark.parametrize("suffix", ["&state=again", "&code=second", "".join(f"&a{n}=1" for n in range(30))])
def test_a_word_said_twice_or_too_many_words_are_no_answer(authority: LocalAuthority, suffix: str) -> None:
    browser = strays(Browser(), "{back}" + suffix)
    signed_in(authority, browser)
    assert browser.seen == [400, 200]


def test_another_path_is_not_there(authority: LocalAuthority) -> None:
    browser = Browser()

    def on_way(back: str) -> str:
        for path in ("/callback", "/favicon.ico", "/../", "/./"):
            browser.seen.append(visit(urlsplit(back)._replace(path=path).geturl()))
        return back

    browser.on_way = on_way
    signed_in(authority, browser)
    assert browser.seen == [404, 404, 404, 404, 200]


def test_a_page_that_gave_this_computer_a_name_of_its_own_is_not_heard(authority: LocalAuthority) -> None:
    browser = Browser()

    def on_way(back: str) -> str:
        port = urlsplit(back).port
        for host in ("evil.example", f"evil.example:{port}", f"localhost:{port}", "127.0.0.1", ""):
            browser.seen.append(visit(back, Host=host))
        return back

    browser.on_way = on_way
    signed_in(authority, browser)
    assert browser.seen == [421, 421, 421, 421, 421, 200]


def test_the_second_answer_is_not_taken(authority: LocalAuthority) -> None:
    browser = Browser()

    def on_way(back: str) -> None:
        ways = [threading.Thread(target=lambda: browser.seen.append(visit(back))) for _ in range(8)]
        for way in ways:
            way.start()
        for way in ways:
            way.join()

    browser.on_way = on_way
    signed_in(authority, browser)
    assert browser.seen.count(200) == 1
    assert len([path for path, _ in authority.asked if path.endswith("token")]) == 1


def test_an_answer_cannot_be_played_again(authority: LocalAuthority) -> None:
    browser = Browser()
    signed_in(authority, browser)
    (back,) = browser.returned
    assert visit(back) == 0
    again = strays(Browser(), with_words(back))
    again.on_way = lambda fresh: with_words(fresh, **words_of(back))
    assert why_not(authority, again, within_s=0.5).refusal is Refusal.FORGED


def test_an_answer_at_another_port_reaches_nobody(authority: LocalAuthority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        browser = Browser()
        signed_in(authority, browser)
        assert urlsplit(browser.returned[0]).port != port


def test_it_listens_to_this_computer_only(authority: LocalAuthority) -> None:
    browser = Browser()

    def on_way(back: str) -> str:
        port = urlsplit(back).port
        with socket.socket() as knock:
            assert knock.connect_ex(("127.0.0.2", port)) != 0, "it listens beyond 127.0.0.1"
        return back

    browser.on_way = on_way
    signed_in(authority, browser)
    assert browser.seen == [200]


def test_a_silent_connection_does_not_keep_the_answer_waiting(authority: LocalAuthority) -> None:
    """Browsers open connections ahead of need."""
    silent: list[socket.socket] = []

    def on_way(back: str) -> str:
        port = urlsplit(back).port or 0
        silent.extend(socket.create_connection(("127.0.0.1", port)) for _ in range(3))
        return back

    began = time.monotonic()
    signed_in(authority, Browser(on_way=on_way))
    assert time.monotonic() - began < 3
    for each in silent:
        each.close()


def test_a_code_works_only_with_the_verifier_that_it_was_asked_with(authority: LocalAuthority) -> None:
    browser = Browser()
    signed_in(authority, browser)
    other = Browser()
    other.on_way = lambda back: with_words(back, code=words_of(browser.returned[0])["code"])
    assert why_not(authority, other).refusal is Refusal.REVOKED


@pytest.mark.parametrize(
    "identity", [id_token("eve", "another"), id_token("eve", "", "other-client"), "x.y", "…"]
)
def test_an_identity_of_another_sign_in_is_forged(authority: LocalAuthority, identity: str) -> None:
    authority.next_answers = [
        (200, {"access_token": "a", "refresh_token": "r", "token_type": "Bearer", "id_token": identity})
    ]
    assert why_not(authority).refusal is Refusal.FORGED


@pytest.mark.parametrize(
    "answer",
    [
        {"access_token": "a\x01auth=Bearer b", "refresh_token": "r", "token_type": "Bearer"},
        {"access_token": "a b", "refresh_token": "r", "token_type": "Bearer"},
        {"access_token": "a", "refresh_token": "r", "token_type": "mac"},
        {"access_token": 7, "refresh_token": "r", "token_type": "Bearer"},
        {"refresh_token": "r", "token_type": "Bearer"},
    ],
)
def test_a_token_that_is_none_is_not_used(authority: LocalAuthority, answer: dict[str, object]) -> None:
    authority.next_answers = [(200, answer)]
    with pytest.raises(OutOfReach, match="cannot be read"):
        signed_in(authority)


def test_a_sign_in_that_does_not_last_is_refused(authority: LocalAuthority) -> None:
    authority.next_answers = [(200, {"access_token": "a", "token_type": "Bearer"})]
    assert "lasts" in why_not(authority).sentence


# -- renewing


def test_each_refresh_token_works_once_and_the_next_comes_with_the_answer(authority: LocalAuthority) -> None:
    first = signed_in(authority)
    second = refresh(authority.row(), CLIENT, first.refresh_token)
    assert second.refresh_token != first.refresh_token
    assert authority.opens(second.access_token, "ana")
    with pytest.raises(NotSignedIn) as refused:
        refresh(authority.row(), CLIENT, first.refresh_token)
    assert refused.value.refusal is Refusal.REVOKED
    assert refresh(authority.row(), CLIENT, second.refresh_token).lasts_s == 3600


def test_without_a_new_refresh_token_the_old_one_stays_good(authority: LocalAuthority) -> None:
    authority.next_answers = [(200, {"access_token": "a", "token_type": "bearer", "expires_in": "59"})]
    grant = refresh(authority.row(), CLIENT, "google's")
    assert (grant.access_token, grant.refresh_token, grant.lasts_s) == ("a", "google's", 59.0)


@pytest.mark.parametrize(
    ("status", "body", "seconds"),
    [
        (503, {"error": "temporarily_unavailable"}, None),
        (503, {"Retry-After": "120"}, 120.0),
        (429, {"Retry-After": "soon"}, None),
        (500, {}, None),
        (400, {"error": "temporarily_unavailable"}, None),
        (403, {}, None),
    ],
)
def test_a_busy_authority_is_tried_again(
    authority: LocalAuthority, status: int, body: dict[str, str], seconds: float | None
) -> None:
    authority.next_answers = [(status, body)]
    with pytest.raises(OutOfReach) as passing:
        refresh(authority.row(), CLIENT, "r")
    assert getattr(passing.value, "seconds", None) == seconds
    assert isinstance(passing.value, SlowDown) == (seconds is not None)


@pytest.mark.parametrize("error", ["invalid_grant", "interaction_required"])
def test_a_grant_that_is_over_is_final(authority: LocalAuthority, error: str) -> None:
    authority.next_answers = [(400, {"error": error, "error_description": "AADSTS50173: revoked\r\n\x1b[1m"})]
    with pytest.raises(NotSignedIn) as refused:
        refresh(authority.row(), CLIENT, "r")
    assert refused.value.refusal is Refusal.REVOKED
    assert refused.value.sentence.isprintable()


def test_a_redirect_of_the_token_address_is_not_followed(authority: LocalAuthority) -> None:
    with LocalAuthority() as thief:
        row = replace(authority.row(), token_url=f"{authority.url}/x/authorize")
        authority.asked.clear()
        with pytest.raises(OutOfReach):
            refresh(row, CLIENT, "r")
        assert thief.asked == []


def test_an_authority_that_is_away_is_out_of_reach() -> None:
    with LocalAuthority() as gone:
        row = gone.row()
    with pytest.raises(OutOfReach, match="cannot be reached"):
        refresh(row, CLIENT, "r")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nonsense = replace(row, token_url=f"http://127.0.0.1:{silent.getsockname()[1]}/token")

        def speak() -> None:
            connection, _ = silent.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-what\r\n")

        threading.Thread(target=speak, daemon=True).start()
        with pytest.raises(OutOfReach, match="cannot be reached"):
            refresh(nonsense, CLIENT, "r")


def test_what_was_given_stands_in_no_log_and_in_no_representation(
    authority: LocalAuthority, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    browser = Browser()
    grant = signed_in(authority, browser)
    told = caplog.text + repr(grant) + "".join(capfd.readouterr())
    for secret in (grant.access_token, grant.refresh_token, words_of(browser.returned[0])["code"]):
        assert secret not in told
