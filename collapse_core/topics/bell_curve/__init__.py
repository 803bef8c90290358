"""The bell curve: why does a Gaussian shrink when every fit is fair?"""

from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.bell_curve.spectrum import report_spectrum
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure

__all__ = [
    "BellCurve",
    "bell_curve_figure",
    "bell_kernel_figure",
    "bell_spectrum_figure",
    "report_kernel",
    "report_spectrum",
    "run_bell_curve",
]
