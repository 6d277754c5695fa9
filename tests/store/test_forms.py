"""Forms are told apart by their mails, registered as feeds, and taught; sign-ups keep their first time."""

from __future__ import annotations

from leaddesk.doors.store import SignUp, Store
from leaddesk.words.forms import FiledMail, FormShape, KnownForm, Marked, Pointer, Stand
from tests.made import START, at, raw_mail

CONTACT = FormShape("web@lofts.example", "new message from", ("email", "message", "name"))
QUOTE = FormShape("web@lofts.example", "quote calculator", ("company", "floor", "roof area"))
NAME = Pointer(Marked.NAME, Stand.UNDER, "Visitor")


def mail(store: Store, text: bytes) -> int:
    made = store.mails.keep(raw_mail(text))
    assert made is not None
    return made


def filed(store: Store, shape: FormShape, *, pages: tuple[bool, ...] = (False,)) -> int:
    return [
        store.forms.file(mail(store, b"%d" % n), shape, "Contact", names_page=page, at=START)
        for n, page in enumerate(pages)
    ][-1]


def test_mails_of_one_form_are_counted_together(store: Store) -> None:
    contact = filed(store, CONTACT, pages=(False, True, False))
    quote = filed(store, QUOTE)
    assert contact != quote
    first, second = store.forms.all()
    assert (first.form, first.mails, first.naming_page) == (contact, 3, 1)
    assert first.page_words == "1 of 3 mails name a page"
    assert second.page_words == "Its one mail names no page"


def test_only_registered_and_taught_forms_are_told_to_the_reader(store: Store) -> None:
    contact, quote = filed(store, CONTACT), filed(store, QUOTE)
    assert store.forms.known() == ()
    feed = store.forms.register(contact)
    assert (feed.kind, feed.path) == ("form", "Contact")
    store.forms.teach(quote, [NAME])
    assert store.forms.known() == (
        KnownForm(contact, CONTACT, True),
        KnownForm(quote, QUOTE, False, (NAME,)),
    )


def test_a_form_whose_feed_was_removed_is_not_registered_until_it_is_again(store: Store) -> None:
    contact = filed(store, CONTACT)
    feed = store.forms.register(contact)
    store.accounts.remove_feed(feed.id)
    assert store.forms.known() == ()
    assert store.forms.all()[0].feed is None
    assert store.forms.register(contact).id == feed.id
    assert store.forms.known()[0].registered


def test_what_is_taught_anew_replaces_what_was(store: Store) -> None:
    contact = filed(store, CONTACT)
    store.forms.teach(contact, [NAME])
    store.forms.file_lost(mail(store, b"changed"), contact, names_page=False)
    assert store.forms.all()[0].lost == 1
    other = Pointer(Marked.NAME, Stand.AFTER, "Guest:")
    store.forms.teach(contact, [other])
    assert store.forms.pointers(contact) == (other,)
    assert store.forms.all()[0].lost == 0


def test_a_mail_knows_its_form_and_whether_it_is_the_first_of_it(store: Store) -> None:
    contact = filed(store, CONTACT, pages=(False, False))
    first, second = sorted(store.forms.mails(contact, 10))
    assert store.forms.of_mail(first) == FiledMail(
        form=contact, title="Contact", registered=False, is_first=True, lost=False
    )
    store.forms.register(contact)
    assert store.forms.of_mail(second) == FiledMail(
        form=contact, title="Contact", registered=True, is_first=False, lost=False
    )
    assert store.forms.of_mail(999) is None


def test_the_first_sign_up_of_an_address_is_kept(store: Store) -> None:
    store.sign_ups.remember(SignUp("n@b.example", at(10), page="https://lofts.example/news"))
    store.sign_ups.remember(SignUp("n@b.example", at(20)))
    assert store.sign_ups.of("n@b.example") == SignUp(
        "n@b.example", at(10), None, "https://lofts.example/news"
    )
    store.sign_ups.remember(SignUp("n@b.example", at(5)))
    known = store.sign_ups.of("n@b.example")
    assert known is not None
    assert known.at == at(5)
    assert store.sign_ups.of("bo@b.example") is None
