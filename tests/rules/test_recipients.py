"""To whom a mail may go: one address, read strictly (FAULTS T2)."""

from __future__ import annotations

import pytest

from leaddesk.rules.recipients import mail_address, recipient


@pytest.mark.parametrize(
    ("typed", "address", "name"),
    [
        ("ann@example.org", "ann@example.org", ""),
        ("  Ann.Lee+loft@EXAMPLE.org ", "Ann.Lee+loft@example.org", ""),
        ("<ann@example.org>", "ann@example.org", ""),
        ("Ann Lee <ann@example.org>", "ann@example.org", "Ann Lee"),
        ('"Lee, Ann" <ann@example.org>', "ann@example.org", "Lee, Ann"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example", ""),
        ("zoë@example.org", "zoë@example.org", ""),
        ("用户@例子.example", "用户@xn--fsqu00a.example", ""),
    ],
)
def test_one_address_is_taken(typed: str, address: str, name: str) -> None:
    box = recipient(typed)
    assert box is not None
    assert (box.address, box.name) == (address, name)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@example",
        "ann@@example.org",
        "ann@example.org, bob@example.org",
        "ann@example.org bob@example.org",
        "Ann <ann@example.org> <bob@example.org>",
        "Ann <ann@example.org>, Bob <bob@example.org>",
        "alice@example.org)bob@example.com",
        "ann@example.org\r\nBcc: bob@example.org",
        "ann@exam ple.org",
        "ann@[127.0.0.1]",
        "ann@127.0.0.1",
        '"ann lee"@example.org',
        "zo\u0000ë@example.org",
        "zoë <b@example.org",
        "zoë,b@example.org",
        "a..ë@example.org",
        "ë" * 65 + "@example.org",
        "<script>@example.org",
    ],
)
def test_anything_else_is_none(typed: str) -> None:
    assert recipient(typed) is None


def test_a_domain_becomes_ascii_and_a_name_before_it_is_kept() -> None:
    assert mail_address("Zoë@Exämple.ORG") == "Zoë@xn--exmple-cua.org"
