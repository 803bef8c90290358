"""A link brings back every setting of every page: all are changed, shared, and opened again."""

from urllib.parse import parse_qsl, urlsplit

from opened import KINDS, another_value, bound, charts, open_page, set_control, small_link, views
from some_pages import some_always

from ui.catalogue import EXPERIMENTS
from ui.share import full_link

MOST_ROUNDS = 10
UNLINKED = ("drawing", "upload")
TYPED = ("text_input",)
ONE_OF_SOME = ("selectbox", "button_group", "radio")


def settings(at):
    """Return every control that a link is to bring back, by name."""
    return bound(at) | views(at)


def link_of(what):
    return dict(parse_qsl(urlsplit(full_link(None, what.parameters)).query))


def change(at, number, kept, kinds):
    """Give every setting of some kinds another value, and those too that only come up by that."""
    done = set(kept)
    while left := {name for name, item in settings(at).items() if item.type in kinds} - done:
        for name in left:
            set_control(at, name, another_value(settings(at)[name], number))
        at.run()
        assert not at.exception, number
        done |= left


def rounds(at):
    """Return after how many rounds every option of every choice has been taken."""
    choices = [len(c.options) for c in settings(at).values() if c.type in ONE_OF_SOME]
    return min(max(choices, default=1), MOST_ROUNDS)


def check_link(entry, at, shared):
    """Open the link of a page again and compare; return the values of its settings."""
    values = {name: control.value for name, control in settings(at).items()}
    link = link_of(shared[-1])
    again = open_page(entry, link)
    assert not again.exception, link
    assert not again.warning, again.warning[0].value
    found = {name: item.value for name, item in settings(again).items()}
    # What needs a file or a drawing is in no link, which opens the first choice instead.
    lost = {name for name, value in values.items() if value in UNLINKED and found[name] != value}
    assert found == values | {name: found[name] for name in lost}
    assert charts(again) == charts(at), link
    assert link_of(shared[-1]) == link
    return values


def texts(at):
    return {name for name, control in settings(at).items() if control.type in TYPED}


@some_always(EXPERIMENTS)
def test_every_setting_comes_back(entry, shared):
    link = small_link(entry)
    at = open_page(entry, link)
    assert not at.warning, at.warning[0].value
    opened_with = {name: control.value for name, control in settings(at).items()}
    wanted, seen, typed = set(opened_with) - set(link) - texts(at), set(), {}
    for number in range(rounds(at)):
        at = open_page(entry, link)
        change(at, number, link, set(KINDS) - set(TYPED))
        values = check_link(entry, at, shared)
        seen |= {name for name, value in values.items() if value != opened_with.get(name)}
        typed = dict.fromkeys(texts(at), number) | typed
    assert seen >= wanted, "a setting was never changed"
    # A text may take the place of what a slider says, so it is typed among settings as they were.
    for number in set(typed.values()):
        at = open_page(entry, link)
        change(at, number, link, ONE_OF_SOME)
        change(at, number, link, TYPED)
        check_link(entry, at, shared)
