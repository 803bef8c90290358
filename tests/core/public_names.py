"""Every public name of `collapse_core`, with a call of it that works, found as far as possible.

A call is put together from the defaults, from examples by the name of a parameter (`BY_NAME`) or by
its type (`BY_TYPE`). Experiments are made by themselves; a class's methods are asked of what its
constructor made.
"""

import collections.abc
import importlib
import inspect
import io
import pkgutil
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import cache

import numpy as np
from PIL import Image

import collapse_core
from collapse_core import ClosedLoop, Law, LossTimes, Param, Policy, Replace, Trajectory, families
from collapse_core.classroom.copiers import Copier
from collapse_core.classroom.games.game import Game
from collapse_core.classroom.games.jar import JarGame
from collapse_core.data.planar import PlanarSource, TwoMoons
from collapse_core.data.sources import RowSource
from collapse_core.echoes.recording import as_wav
from collapse_core.figures.look import LIGHT, Look
from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.loop_settings import LoopSettings
from collapse_core.models.base import Model
from collapse_core.models.density_truth import DensityTruth, HeavyTail
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.principal_axes import PrincipalAxes, principal_axes
from collapse_core.theory.mixed_means import Mixture
from collapse_core.theory.quadratic_variance import QuadraticVariance
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.one_real_point.doses import DoseQuestion

kept = io.BytesIO()
Image.new("L", (8, 8)).save(kept, "PNG")
PICTURE = kept.getvalue()
LOOP = ClosedLoop(families.Bernoulli(0.3), Replace(), 10, 5)
CLOUD = families.MultivariateGaussian(((1.0, 0.0), (0.0, 1.0)))
CLOUD_LOOP = ClosedLoop(CLOUD, Replace(), 10, 5)
KINDS_LOOP = ClosedLoop(families.Categorical((0.2, 0.3, 0.5)), Replace(), 10, 5)
SENTENCES = np.array([np.array([1, 2, 0]), np.array([3, 0])], dtype=object)
BELL = QuadraticVariance(1.0, 0.0, 0.0)
ROWS = np.random.default_rng(1).normal(size=(60, 3))
COPIED = np.random.default_rng(1).uniform(0.0, 255.0, (16, 24))
LARGER = io.BytesIO()
Image.new("RGB", (40, 40)).save(LARGER, "PNG")
BY_TYPE = {
    families.Family: families.Bernoulli(0.3),
    families.Categorical: families.Categorical((0.2, 0.3, 0.5)),
    Policy: Replace(),
    ClosedLoop: KINDS_LOOP,
    LoopSettings: LOOP,
    Param: Param("x", "x", 0.0, 1.0, 0.5, "What it is."),
    QuadraticVariance: BELL,
    Mixture: Mixture(),
    Model: ProbabilisticPCA(1),
    RowSource: TwoMoons(),
    PlanarSource: TwoMoons(),
    DensityTruth: HeavyTail(),
    Look: LIGHT,
    Game: JarGame(),
    Copier: Copier(),
    DoseQuestion: DoseQuestion(families.Bernoulli(0.3), 10),
    int: 5,
    float: 0.5,
    bool: True,
    str: "mean",
    bytes: b"mean",
}
# What a function of the package made: its methods are asked, and no other function is given it.
MADE = {
    Trajectory: LOOP.simulate(6, 1),
    LossTimes: LOOP.simulate(6, 1).loss_times(),
    Law: LOOP.exact(),
    PrincipalAxes: principal_axes(ROWS),
    Lesson: read_lesson("two_colours"),
}
BY_NAME = {
    "seed": 1,
    "level": 0.5,
    "levels": [0.1, 0.9],
    "probabilities": (0.2, 0.3, 0.5),
    "sample_size": 10,
    "generations": 5,
    "unbiased": False,
    "value": 1,
    "rows": ROWS,
    "high": 1.0,
    "anchors": 1,
}
# Arguments for single names, where those above do not fit together.
BY_PLACE = {
    "classroom.chain_law.chain_law": {"settings": {}},
    "classroom.copiers.copier_named": {"kind": "ideal"},
    "classroom.copiers.play": {"settings": {"chains": 1}, "copiers": [Copier()]},
    "classroom.copiers.simulated_answer": {
        "draws": ["yellow", "blue"],
        "rng": np.random.default_rng(1),
    },
    "classroom.departed_law.departed_law": {"settings": {"length": 2}},
    "classroom.games.game.Game.draw": {
        "model": {"share": 0.5},
        "n": 5,
        "rng": np.random.default_rng(1),
    },
    "classroom.games.game.Game.read": {"value": {"share": 0.5}},
    "classroom.games.game.Game.with_all": {
        "models": [{"share": 0.5}],
        "n": 5,
        "rng": np.random.default_rng(1),
    },
    "classroom.games.game.Game.with_anchor": {
        "draws": ["yellow", "blue"],
        "rng": np.random.default_rng(1),
    },
    "classroom.games.game_named": {"key": "words", "vocabulary": ("yes", "no")},
    "classroom.games.jar.JarGame.fit": {"draws": ["yellow", "blue"]},
    "classroom.games.kinds.ListGame.fit": {"draws": ["lamp", "river"]},
    "classroom.own_data.own_settings": {"settings": {}},
    "classroom.own_data.read_chains": {"text": "chain,generation,place,spread\n1,0,0,1"},
    "classroom.rounds.shown_draws": {"settings": {}, "models": [{"share": 0.5}] * 6},
    "classroom.rounds.turn_stream": {"chain": 0, "step": 0, "attempt": 0},
    "classroom.turns.next_turn": {"rows": [], "settings": {}, "seat": 1, "now": 0.0},
    "drift.distance.frechet_distance": {
        "mean1": [0.0, 1.0],
        "covariance1": np.eye(2),
        "mean2": [0.0, 0.0],
        "covariance2": 2.0 * np.eye(2),
    },
    "measures.neighbours.coverage_of_equal_laws": {"real": 20, "made": 20},
    "data.corpora.own_text": {"text": "The cat sat. The dog ran away! Who knows? " * 12},
    "data.sources.check_choosing": {"rows": ROWS, "count": 5},
    "data.own_image.probe_from_drawing": {"drawing": np.zeros((8, 8))},
    "data.own_image.probe_from_picture": {"content": PICTURE},
    "data.own_points.pasted_points": {"text": "\n".join(f"{n}, {n * n}" for n in range(12))},
    "data.plain_text.read_plain_text": {"content": b"mean", "most": 10},
    "echoes.heard.bands_between": {"low": 50.0, "high": 800.0, "in_octave": 12},
    "echoes.recording.read_recording": {"content": as_wav(ROWS[:, 0].repeat(30) / 9.0)},
    "echoes.room.ShoeboxRoom": {"size": (2.0, 1.6, 2.3)},
    "echoes.room.ShoeboxRoom.impulse_response": {"sample_rate": 8000},
    "echoes.room.ShoeboxRoom.modes": {"up_to": 200.0},
    "echoes.room.room_response": {"name": "three", "sample_rate": 8000},
    "echoes.room.three_resonances": {"sample_rate": 8000},
    "echoes.sounds.sound_named": {"name": "noise"},
    **{
        f"geometry.{name}": {"points": ROWS}
        for name in (
            "dimension.check_cloud",
            "dimension.effective_dimension",
            "dimension.inverse_dimensions",
            "dimension.local_dimension",
            "dimension.spread",
            "patterns.measure",
        )
    },
    "models.regression_network.fit_autoencoder": {"code": 2, "epochs": 2},
    "models.regression_network.fit_network": {"epochs": 2},
    "geometry.patterns.name_pattern": {"before": ROWS, "after": ROWS},
    "geometry.clouds.sheet": {"points": 50},
    "geometry.crumple.crumple": {
        "pattern": "oblate_contraction",
        "cloud": ROWS,
        "rng": np.random.default_rng(1),
    },
    "geometry.crumple.crumple_steps": {
        "pattern": "oblate_contraction",
        "cloud": ROWS,
        "amounts": [0.0, 1.0],
    },
    "markov.finite.FiniteChain": {"transition": [[0.5, 0.5], [0.2, 0.8]]},
    "markov.finite.FiniteChain.law_after": {"start": [1.0, 0.0]},
    "markov.known_chains.surfer": {"links": [[0, 1], [1, 0]]},
    "markov.linear.LinearChain": {"matrix": np.eye(2) / 2.0, "noise": np.eye(2)},
    "markov.linear.LinearChain.law_after": {"mean": [0.0, 0.0], "covariance": np.eye(2)},
    "markov.linear.LinearChain.simulate": {
        "points": np.zeros((3, 2)),
        "rng": np.random.default_rng(1),
    },
    "markov.regimes.regime_of_runs": {
        "apart": [1.0, 0.5, 0.2, 0.1, 0.0, 0.0],
        "runs": np.zeros((6, 5, 2)),
    },
    "checks.choices.check_bytes": {"value": b"mean"},
    "topics.two_colours.own_jar.parse_jar": {"text": "9 yellow, 1 blue"},
    "topics.vanishing_tails.own_counts.parse_counts": {"text": "apples 3\npears 2"},
    "checks.choices.check_choice": {"value": "mean", "choices": ("mean",)},
    "checks.arrays.check_numbers": {"values": [1, 2]},
    "checks.choices.check_text": {"value": "mean"},
    "checks.numbers.check_whole_number": {"low": 0, "high": 9},
    "checks.numbers.check_level": {"value": 0.5},
    "echoes.copier.Copier.copies": {"image": COPIED},
    "echoes.copier.Copier.copy_once": {"image": COPIED, "rng": np.random.default_rng(1)},
    "echoes.copier.Copier.exact": {"image": COPIED},
    "echoes.pictures.picture": {"name": "drawing"},
    "echoes.pictures.read_picture": {"content": LARGER.getvalue()},
    "families.gaussian.Gaussian.density": {"mean": [0.0, 1.0]},
    "families.gaussian.Gaussian.support_grid": {"mean": [0.0, 1.0]},
    "data.sentences.cut_rows": {"rows": SENTENCES},
    "theory.polluted_sample.polluted_error": {"size": [1, 10]},
    "theory.regression_refit.regression_risk": {"rows": 50},
    "lessons.lesson.Lesson.fill": {"template": "One.", "where": "here"},
    "lessons.lesson.Lesson.say": {"table": "predict", "name": "question"},
    "lessons.lesson.Lesson.text": {"table": "predict", "name": "question"},
    "lessons.lesson.Lesson.words": {"table": "figure"},
    "lessons.lesson.read_lesson": {"key": "two_colours"},
    "lessons.lesson.shell_words": {"table": "nouns"},
    "params.Param": {"low": 0.0},
    "loop.ClosedLoop.living": {"replicates": 5},
    "measures.text.token_counts": {"rows": SENTENCES, "vocabulary_size": 4},
    "models.kernel_refit.KernelRefit.points_of": {"run": 2},
    "sweeps.values.swept_topic": {"key": "two_colours"},
    "theory.copied.blur_law": {"image": COPIED},
    "theory.copied.check_image": {"image": COPIED},
    "theory.copied.octave_lengths": {"height": 16, "width": 24},
    "theory.quadratic_variance.real_points.best_real_weight": {"count": [1, 2]},
    "theory.quadratic_variance.limits.stationary_weighted": {
        "count": [1, 2],
        "real_weight": [0.5, 0.5],
    },
    "theory.fed_back.fed_back_limit": {"noise_variance": 0.1},
    "theory.fed_back.fed_back_variance": {"noise_variance": 0.1},
    "theory.two_colours.parameters.check_pull": {"prior_strength": 0.0},
    "topics.one_real_point.question.OneRealPoint.side": {"name": "nothing"},
    "topics.bell_curve.spectrum.sample_spectrum": {"loop": CLOUD_LOOP},
    "topics.digits_photographs.question.DigitsPhotographs.build_loop": {"name": "digits"},
    "topics.exponential_families.question.ExponentialFamilies.names_of": {"family": "exponential"},
    "topics.experiment.Experiment.checked": {"name": "sample_size", "value": 50},
    "topics.policy_choice.policy_of": {"name": "anchors"},
    "topics.experiment.number": {"low": 0.0},
    "topics.experiment.share": {"low": 0.0},
    "trajectory.Trajectory.until": {"generations": 2},
    "theory.mixed_generations.mixed_generations": {
        "shares": np.eye(3, k=-1),
        "sizes": [0, 10, 10],
    },
    "web.crossing.first_crossing": {"values": [[1.0, 0.4], [1.0, 0.9]]},
    "web.detector_share.check_rates": {"false_positive": 0.1, "false_negative": 0.1},
    "web.detector_share.corrected_share": {"false_positive": 0.1, "false_negative": 0.1},
}
# What is not walked, and why.
INNER = "called with what its caller has checked"
EXCEPTED = {
    "classroom.copiers.verdict": "takes draws and an answer that the game has read",
    "classroom.games.jar.JarGame.described": "takes what draw made",
    "classroom.games.kinds.ListGame.described": "takes what draw made",
    "drift.calibration.recorded": "reads the results that come with the package",
    "drift.changed.most_changed": INNER,
    "sweeps.running.finished": INNER,
    "sweeps.table.read_sweep": "reads a file; tests/sweeps gives it others",
    "drift.command.main": "is given the arguments of a command line",
    "drift.monitoring.monitor": "takes arrays; tests/drift asks it with what cannot be used",
    "drift.monitoring.monitoring": "as for monitor",
    "drift.rows.check_samples": INNER,
    "drift.sentences.say": INNER,
    "figures.scene.Scene": "its words are those of a lesson, which a test of all lessons reads",
    "checks.arrays.check_array": "its caller asks whether the numbers are finite",
    "assets.asset": "a missing file is a FileNotFoundError, which says where it should be",
    "assets.static_file": "as for asset",
    "checks.memory.check_memory": INNER,
    "checks.arrays.check_together": INNER,
    "checks.arrays.is_long": INNER,
    "checks.choices.check_made": INNER,
    "checks.messages.outside": INNER,
    "checks.messages.refusal": INNER,
    "checks.messages.shown": INNER,
    "checks.memory.fits_memory": INNER,
    "data.generation_arrays.read_arrays": "takes the bytes of a file of its kind",
    "data.generation_arrays.rows_of_arrays": INNER,
    "data.generation_table.read_generation_table": "takes the text of a table",
    "data.generation_rows.checked_rows": INNER,
    "data.generation_rows.whole_generations": INNER,
    "data.generation_rows.GenerationRows": INNER,
    "data.own_generations.OwnGenerations": INNER,
    "data.own_generations.read_generations": "takes pairs of a name and bytes, as read_clouds does",
    "data.table_columns.columns_of": INNER,
    "data.table_columns.is_header": INNER,
    "data.table_columns.without_index": INNER,
    "families.gamma.gamma_density": INNER,
    "geometry.dimension.neighbour_distances": INNER,
    "geometry.dimension.thinned": INNER,
    "geometry.own_clouds.read_clouds": "takes pairs of a name and bytes, as an upload gives them",
    "measures.image_pair.image_pair": INNER,
    "families.normal.normal_density": INNER,
    "families.quadratic_variance.normal_grid": INNER,
    "lessons.lesson.LessonError": "an exception",
    "models.density_truth.HeavyTail.blurred_exceedance": INNER,
    "models.density_truth.SmallSecondMode.blurred_exceedance": INNER,
    "models.ngram.sampling.reshape_probabilities": INNER,
    "topics.any_model.question.courses_of": INNER,
    "theory.two_colours.chain.possible_shares": INNER,
    "theory.two_colours.draw.binomial_law": INNER,
    "reading.lines.cells_of": INNER,
    "reading.quoted.quoted": INNER,
    "reading.words.in_small_letters": INNER,
    "reading.words.letters_of": INNER,
    "reading.words.sentences_of": INNER,
    "reading.words.signs_without_spaces": INNER,
    "reading.words.words_of": INNER,
    "reading.written_number.is_endless": INNER,
    "reading.written_number.without_unseen": INNER,
    "reading.written_number.written_number": INNER,
    "moved_names.moved": "asks a table of this package for one of its own names",
    "theory.tails.survival.can_be_lost_in_half": "takes an array, and is asked once per generation",
}
PICTURES_AND_WORDS = ("figures.", "lessons.")
# The modules of a topic that ask: the others make something of the answer.
ASKED = {
    "experiment",
    "policy_choice",
    "question",
    "runs",
    "doses",
    "density",
    "neighbours",
    "law",
    "measures",
    "own_counts",
}
EXPLAINED = "takes what the package made: "


class NoExampleError(Exception):
    """Nothing is known that could stand for a parameter that has no default."""


@dataclass(frozen=True, eq=False)
class PublicCall:
    """A function, a constructor or a method, and arguments with which it works."""

    name: str
    call: Callable
    good: dict
    switches: tuple[str, ...]  # the parameters that are on or off
    typed: tuple[str, ...]  # the parameters that a caller types: numbers, texts, lists of them
    documentation: str

    def asked(self, **changes):
        """Call it with the good arguments, some of them changed."""
        given = self.good | changes
        first = [
            given.pop(name)
            for name, parameter in inspect.signature(self.call).parameters.items()
            if parameter.kind is inspect.Parameter.POSITIONAL_ONLY and name in given
        ]
        return self.call(*first, **given)


def public_objects():
    """Yield every public function and class once, with its place."""
    seen = set()
    for found in pkgutil.walk_packages(collapse_core.__path__, "collapse_core."):
        module = importlib.import_module(found.name)
        for name in getattr(module, "__all__", ()):
            thing = getattr(module, name)
            if not (inspect.isclass(thing) or inspect.isroutine(thing)) or thing in seen:
                continue
            if thing.__module__.startswith("collapse_core"):
                seen.add(thing)
                yield (
                    f"{thing.__module__}.{thing.__qualname__}".removeprefix("collapse_core."),
                    thing,
                )


def parameters_of(thing):
    """Return name, type and default of each parameter, those of ``**more`` left out."""
    signature = inspect.signature(thing)
    owner = thing.__init__ if inspect.isclass(thing) and not is_dataclass(thing) else thing
    hints = typing.get_type_hints(owner)
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return [
        (name, hints.get(name, typing.Any), parameter.default)
        for name, parameter in signature.parameters.items()
        if parameter.kind not in kinds
    ]


@cache
def is_typed(kind):
    """Return whether a caller types such a value: no array or object that the package made."""
    if kind in (int, float, bool, str, bytes, type(None), typing.Any):
        return True
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal or is_array_like(kind):
        return True
    several = (tuple, list, collections.abc.Sequence, typing.Union, types.UnionType)
    return origin in several and all(is_typed(each) for each in inner if each is not Ellipsis)


def is_array_like(kind):
    return "_NestedSequence" in str(kind)


def example(name, kind):
    if name in BY_NAME:
        return BY_NAME[name]
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    if inspect.isclass(kind) and issubclass(kind, Experiment):
        return kind()
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return inner[0]
    if is_array_like(kind):
        return [0.2, 0.3, 0.5]
    if origin in (typing.Union, types.UnionType):
        return example(name, inner[0])
    if origin in (tuple, list, collections.abc.Sequence):
        one = example(name, inner[0])
        return (one,) * (1 if Ellipsis in inner or len(inner) == 1 else len(inner))
    raise NoExampleError(f"{name}: {kind}")


def public_call(place, thing):
    """Return a call with arguments that ought to work; those of `BY_PLACE` go first."""
    given = BY_PLACE.get(place, {})
    parameters = [each for each in parameters_of(thing) if each[0] not in ("self", "cls")]
    good = given | {
        name: example(name, kind)
        for name, kind, default in parameters
        if default is inspect.Parameter.empty and name not in given
    }
    typed = tuple(name for name, kind, _ in parameters if is_typed(kind))
    if place.startswith("checks."):  # their other arguments are written in the code
        typed = tuple(name for name in typed if name in ("value", "values", "sample_size"))
    switches = tuple(name for name, kind, _ in parameters if kind is bool)
    return PublicCall(place, thing, good, switches, typed, documentation_of(thing))


def documentation_of(thing):
    """Return what is said of a thing where it is defined, in its class and in its rooms."""
    owner = getattr(getattr(thing, "__self__", None), "__class__", None)
    parts = inspect.getmodule(thing).__name__.split(".")
    rooms = [importlib.import_module(".".join(parts[:end])) for end in range(2, len(parts) + 1)]
    return " ".join(str(each.__doc__) for each in (thing, owner, *rooms))


def methods_of(made):
    """Yield the public methods of an object, those of its bases in this package included."""
    for base in type(made).__mro__:
        if base.__module__.startswith("collapse_core"):
            for name, value in list(vars(base).items()):
                if not name.startswith("_") and isinstance(
                    value, types.FunctionType | classmethod | staticmethod
                ):
                    yield (
                        f"{base.__module__.removeprefix('collapse_core.')}.{base.__qualname__}.{name}",
                        getattr(made, name),
                    )


def why_not(place, thing):
    """Return why a name is not walked, if it is not."""
    if "._" in place:
        return "a base that is not public"
    if place in EXCEPTED:
        return EXCEPTED[place]
    if place.startswith("command."):
        return "a command that is typed, which is given awkward words in tests/command"
    if place.startswith(PICTURES_AND_WORDS):
        return "a picture or a sentence of what a page was asked, which is checked there"
    if place.startswith("topics.") and not set(place.split(".")) & ASKED:
        return "asked with what an experiment has checked"
    if inspect.ismethod(thing) and isinstance(thing.__self__, families.Family):
        return "" if thing.__name__ == "check_mean" else "asked of states that the loop made"
    return ""


def is_record(thing):
    """Return whether a class only holds what a function computed: it has nothing to check."""
    named = issubclass(thing, tuple) and hasattr(thing, "_fields")
    made = is_dataclass(thing) and thing.__dataclass_params__.init
    return named or (made and not hasattr(thing, "__post_init__"))


def reached():
    """Return every call that can be made, and why each other name is left out, by place."""
    calls, left_out, seen = [], {}, set()

    def reach(place, thing):
        if why := why_not(place, thing):
            return left_out.update({place: why})
        try:
            call = public_call(place, thing)
            calls.append(call)
            return call
        except NoExampleError as missing:
            left_out[place] = f"{EXPLAINED}{missing}"
        except NameError as missing:  # a type that is imported for the type checker alone
            left_out[place] = f"{EXPLAINED}{missing}"
        return None

    for place, thing in public_objects():
        if not inspect.isclass(thing):
            reach(place, thing)
            continue
        made = MADE.get(thing, BY_TYPE.get(thing))
        if inspect.isabstract(thing) or getattr(thing, "_is_protocol", False):
            left_out[place] = "abstract"
        elif is_record(thing):
            left_out[place] = "a record of what was computed"
        elif (call := reach(place, thing)) and made is None:
            made = call.asked()
        for name, method in [] if made is None else methods_of(made):
            function = getattr(method, "__func__", method)
            if function not in seen:
                seen.add(function)
                reach(name, method)
    return calls, left_out
