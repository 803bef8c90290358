"""What a page can be asked: each setting's values, and how the link spells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import read_lesson, shell_words
from collapse_core.params import Param
from collapse_core.topics.experiment import Followed

__all__ = [
    "CHAINS",
    "PANELS",
    "PERCENTILE",
    "TICK",
    "Asks",
    "Choice",
    "Number",
    "Panels",
    "Setting",
    "Several",
    "Switch",
    "Words",
    "page_settings",
    "settings_of",
]


class Asks(Protocol):
    """An experiment: a class that knows the fields that a page can set."""

    params: dict[str, Param]
    choices: dict[str, tuple[str, ...]]
    switches: dict[str, bool]
    several: dict[str, tuple[tuple[str, ...], int]]
    defaults: dict[str, Any]
    renamed: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Something that a page can be asked.

    Parameters
    ----------
    name : str
        Its key in the link, and that of its words, ``[controls.<name>]``.
    default : object
        Its value at the start, which the link leaves out.
    preset : bool
        Whether a preset sets it: to its own value, or to the default.
    label : str
        In place of the lesson's label.
    variant : str
        Words of its own, ``[controls.<name>.<variant>]``, over those of the control, if there are.
    """

    name: str
    default: Any
    preset: bool = True
    label: str = ""
    variant: str = ""

    def usable(self, value: Any) -> Any:
        """Return the value as the control holds it.

        Raises
        ------
        ValueError
            If it is of no use; the message is what a reader is told.
        """
        return value

    def read(self, text: str) -> Any:
        """Return the value that a text in a link stands for.

        Raises
        ------
        ValueError
            If it is of no use; the message is what a reader is told.
        """
        return self.usable(text)

    def write(self, value: Any) -> str:
        """Return how the link spells a value."""
        return str(value)

    def in_link(self, value: Any) -> Any:
        """Return the value that the link holds in place of this one."""
        return value

    def spoken(self, value: Any, words: ControlWords) -> str:
        """Return how a value is told beside its label; nothing for what needs no telling."""
        return self.write(value)


@dataclass(frozen=True, kw_only=True)
class Number(Setting):
    """A number in a range."""

    param: Param

    @classmethod
    def of(cls, param: Param, default: float | None = None, **more: Any) -> Number:
        """Return the setting of a parameter."""
        default = param.check(param.default if default is None else default)
        return cls(name=param.name, default=default, param=param, **more)

    def usable(self, value: Any) -> Any:
        """Return the value, checked."""
        words = shell_words("link")
        try:
            checked = self.param.check(float(value))
        except (ValueError, TypeError, OverflowError) as error:
            complaint = str(words["whole_numbers" if self.param.whole else "numbers"])
            low, high = _spoken(self.param.low), _spoken(self.param.high)
            raise ValueError(complaint.format(low=low, high=high)) from error
        if self.param.scale == "log" and checked not in self.param.stops():
            stop = _spoken(self.param.nearest_stop(checked))
            raise ValueError(str(words["stop"]).format(stop=stop))
        return checked

    def write(self, value: Any) -> str:
        """Return how the link spells a value."""
        return str(int(value)) if float(value).is_integer() else str(value)

    def spoken(self, value: Any, words: ControlWords) -> str:
        """Return how a value is told beside its label, with the signs of the language."""
        return read_lesson("shell").numbers.written(self.write(value))


@dataclass(frozen=True, kw_only=True)
class Choice(Setting):
    """One of several; ``side_by_side`` shows them as buttons instead of a list.

    Parameters
    ----------
    options : sequence of str
        Keys of the words; the link holds the key.
    label_hidden : bool
        Whether the label is for screen readers only.
    unlinked : sequence of str
        Options that need what a link cannot hold, such as a file: it holds the default then.
    names : mapping of str to str
        The options' words, where they are no lesson's: the words of a text.
    renamed : mapping of str to str
        From what an option was called in older links to its key now.
    """

    options: Sequence[str]
    side_by_side: bool = False
    label_hidden: bool = False
    unlinked: Sequence[str] = ()
    names: dict[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, options: Sequence[str], default: str = "", **more: Any) -> Choice:
        """Return a choice that starts with the first option, unless another one is named."""
        return cls(name=name, default=default or options[0], options=tuple(options), **more)

    def named(self, names: Mapping[str, str]) -> Choice:
        """Return the same choice, whose options are called so."""
        return replace(self, names=dict(names))

    def usable(self, value: Any) -> str:
        """Return the value, checked."""
        value = self.renamed.get(value, value)
        if value not in self.options:
            complaint = str(shell_words("link")["choose"])
            raise ValueError(complaint.format(allowed=", ".join(self.options)))
        return str(value)

    def in_link(self, value: Any) -> Any:
        """Return the value that the link holds."""
        return self.default if value in self.unlinked else value

    def spoken(self, value: Any, words: ControlWords) -> str:
        """Return the words of what is chosen."""
        return self.names[value] if self.names else words.option(value)


@dataclass(frozen=True, kw_only=True)
class Switch(Setting):
    """On or off."""

    def usable(self, value: Any) -> bool:
        """Return the value, checked."""
        if isinstance(value, bool):
            return value
        if value not in ("true", "false"):
            raise ValueError(str(shell_words("link")["choose"]).format(allowed="true, false"))
        return bool(value == "true")

    def write(self, value: Any) -> str:
        """Return how the link spells a value."""
        return str(bool(value)).lower()

    def spoken(self, value: Any, words: ControlWords) -> str:
        """Return how a value is told beside its label."""
        return str(shell_words("switch")["on" if value else "off"])


@dataclass(frozen=True, kw_only=True)
class Several(Setting):
    """Some of several, in the order of the options; its text joins their keys by "-".

    Parameters
    ----------
    default : tuple of str
        What is chosen at the start.
    options : tuple of str
        Keys of the words.
    most : int
        How many can be chosen at once.
    """

    options: tuple[str, ...]
    most: int

    def usable(self, value: Any) -> list[str]:
        """Return the chosen keys, checked."""
        parts = value.split("-") if isinstance(value, str) else list(value)
        asked = {part for part in parts if part != ""}
        if not asked <= set(self.options) or len(asked) > self.most:
            complaint = str(shell_words("link")["several"])
            allowed = ", ".join(self.options)
            raise ValueError(complaint.format(most=self.most, allowed=allowed))
        return [option for option in self.options if option in asked]

    def write(self, value: Any) -> str:
        """Return how the link spells a value."""
        return "-".join(self.usable(value))

    def in_link(self, value: Any) -> Any:
        """Return the value that the link holds: in the order of the options."""
        return self.usable(value)

    def spoken(self, value: Any, words: ControlWords) -> str:
        """Return the words of what is chosen."""
        return ", ".join(words.option(option) for option in self.usable(value))


@dataclass(frozen=True, kw_only=True)
class Words(Setting):
    """A line of text, without spaces at its ends."""

    default: str = ""
    most: int = 80

    def usable(self, value: Any) -> str:
        """Return the value, checked."""
        return str(value or "").strip()

    def in_link(self, value: Any) -> str:
        """Return the value that the link holds."""
        return self.usable(value)


@dataclass(frozen=True, kw_only=True)
class Panels(Setting):
    """Which panels of a picture are shown besides those that lead: their numbers, joined by "-"."""

    name: str = "panels"
    default: str = ""
    preset: bool = False

    def usable(self, value: Any) -> str:
        """Return the text, checked."""
        text = str(value or "")
        if text and not all(part.isascii() and part.isdigit() for part in text.split("-")):
            raise ValueError(str(shell_words("link")["panels"]))
        return text


PANELS = Panels()
CHAINS = Words(name="chains", most=4000)  # what a class has played
PERCENTILE = Number.of(Followed.params["percentile"])
# Where the clock rests. None until somebody moves its hand: it then follows the page.
TICK = Number(
    name="generation",
    default=None,
    preset=False,
    param=Param("generation", "t", 0, 10**6, 0, "The generation that the clock shows."),
)


def settings_of(asks: type[Asks]) -> dict[str, Setting]:
    """Return the settings of an experiment's fields, by their name."""
    found: dict[str, Setting] = {}
    for name, param in asks.params.items():
        found[name] = Number.of(param, asks.defaults[name])
    for name, options in asks.choices.items():
        renamed = asks.renamed.get(name, {})
        found[name] = Choice.of(name, options, asks.defaults[name], renamed=renamed)
    for name, (options, most) in asks.several.items():
        chosen = [part for part in asks.defaults[name].split("-") if part]
        found[name] = Several(name=name, default=chosen, options=options, most=most)
    for name in asks.switches:
        found[name] = Switch(name=name, default=asks.defaults[name])
    return found


def page_settings(
    asks: type[Asks], further: Sequence[Setting] = (), without: Sequence[str] = ()
) -> dict[str, Setting]:
    """Return the settings of a page: of its experiment, some left out, and further ones."""
    settings = {name: item for name, item in settings_of(asks).items() if name not in without}
    return settings | {item.name: item for item in further}


def _spoken(value: float) -> str:
    return read_lesson("shell").numbers.plain(value, "," if isinstance(value, int) else ",g")
