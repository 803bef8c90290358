"""The main figure of every topic, for the settings of a preset, in a size that is soon computed."""

from dataclasses import fields

from collapse_core.figures.guess_place import guessed_curve, guessed_share
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.bell_curve.spectrum import report_spectrum
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure
from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.exponential_families import (
    ExponentialFamilies,
    exponential_families_figure,
)
from collapse_core.topics.language.figure import language_figure
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language
from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.vanishing_tails import COMMON_MASS, run_tails
from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.law import tails_law
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import report_vanishing_tails
from collapse_core.topics.vanishing_tails.starts import named_start

__all__ = ["MAIN_FIGURES", "preset_values"]

SMALL = {"generations": 12, "runs": 30}


def preset_values(topic):
    """Return the settings of a topic's presets by name, and those it opens with."""
    presets = read_lesson(topic).presets
    return {"defaults": {}} | {preset.name: dict(preset.values) for preset in presets}


def asked(experiment, values, **small):
    """Return an experiment with what of the values is its own, a small one unless told."""
    own = {field.name for field in fields(experiment)}
    values = SMALL | small | values | SMALL | small
    return experiment(**{name: value for name, value in values.items() if name in own})


def two_colours(values, **options):
    experiment = asked(TwoColours, values, **options.pop("small", {}))
    loop = experiment.loop()
    paths = loop.simulate(experiment.runs, experiment.seed)
    law, run = loop.exact(approximate=True), paths.run_nearest(50)
    compared = loop.exact(approximate=True) if values.get("doubled") else None
    return two_colours_figure(
        paths, law, run, guess=guessed_share(10, "x"), compared=compared, **options
    )


def vanishing_tails(values, **options):
    named = named_start(values.get("start", "zipf"))
    counts = {"counts": named.counts} if named else {}
    experiment = asked(VanishingTails, values | counts, **options.pop("small", {}))
    loop, names = experiment.loop(), named.names if named else ()
    runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
    report = report_vanishing_tails(runs, tails_law(loop))
    return vanishing_tails_figure(
        runs, report, names=names, guess=guessed_curve(20, 50.0, "x"), **options
    )


def density_tails(values, **options):
    experiment = asked(DensityTails, values, **options.pop("small", {}))
    tail = experiment.refit().run(replicates=20, seed=experiment.seed)
    return density_tails_figure(tail, report_density_tails(experiment, tail), **options)


def bell_curve(values, **options):
    experiment = asked(BellCurve, values, **options.pop("small", {}))
    picture = values.get("picture", "one")
    if picture == "several":
        return bell_spectrum_figure(report_spectrum(experiment, percentile=50), **options)
    if picture == "kernel":
        return bell_kernel_figure(report_kernel(experiment, percentile=50), **options)
    return bell_curve_figure(*run_bell_curve(experiment, percentile=50), **options)


def exponential_families(values, **options):
    experiment = asked(ExponentialFamilies, values, **options.pop("small", {}))
    loop = experiment.loop()
    paths, law = loop.simulate(experiment.runs, experiment.seed), loop.exact(approximate=True)
    compared = law if experiment.doubled else None
    run = paths.run_nearest(50)
    return exponential_families_figure(paths, law, run, compared=compared, **options)


def any_model(values, **options):
    experiment = asked(AnyModel, values, **({"generations": 2} | options.pop("small", {})))
    return any_model_figure(experiment, experiment.run(), **options)


def language(values, **options):
    model = values.get("model", "words3")
    split = {"unit": model[:-1], "order": int(model[-1])}
    small = {"generations": 4} | options.pop("small", {})
    experiment = asked(Language, values | split, **small)
    report = report_language(experiment, experiment.run())
    return language_figure(
        report, report.source.vocabulary[5], guess=guessed_curve(20, 600.0, "x"), **options
    )


def digits_photographs(values, **options):
    experiment = asked(DigitsPhotographs, values, **({"generations": 2} | options.pop("small", {})))
    chained = experiment.chained
    return digits_photographs_figure(
        experiment.run(), experiment.generations, chained=chained, **options
    )


def one_real_point(values, **options):
    experiment = asked(OneRealPoint, values, **options.pop("small", {}))
    loop = experiment.loop()
    paths, law = loop.simulate(experiment.runs, experiment.seed), loop.exact(approximate=True)
    run, family = paths.run_nearest(50), experiment.family
    return one_real_point_figure(
        paths, law, run, family=family, guess=guessed_share(0.7, "x"), **options
    )


MAIN_FIGURES = {
    make.__name__: make
    for make in (
        two_colours,
        vanishing_tails,
        density_tails,
        bell_curve,
        exponential_families,
        any_model,
        language,
        digits_photographs,
        one_real_point,
    )
}
