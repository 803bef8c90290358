# ==== as_it_opens
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1)
paths, report = run_bell_curve(experiment, percentile=50)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== all_changed
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=3, estimator='ml', temperature=1.002, fresh=False, prior_strength=6.0, real_weight=0.12000000000000001, seed=5)
paths, report = run_bell_curve(experiment, percentile=60)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== kernel
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_kernel import report_kernel
from collapse_core.figures import bell_kernel_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1)
report = report_kernel(experiment, percentile=50)
figure = bell_kernel_figure(report)
figure.playable(6).show()

# ==== policy_accumulate
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1, policy='accumulate')
paths, report = run_bell_curve(experiment, percentile=50)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== policy_fraction
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1, policy='fraction')
paths, report = run_bell_curve(experiment, percentile=50)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== policy_prior
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1, policy='prior')
paths, report = run_bell_curve(experiment, percentile=50)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== policy_weighted
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_report import run_bell_curve
from collapse_core.figures import bell_curve_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1, policy='weighted')
paths, report = run_bell_curve(experiment, percentile=50)
figure = bell_curve_figure(paths, report)
figure.playable(6).show()

# ==== several
from collapse_core.experiments import BellCurve
from collapse_core.experiments.bell_curve_spectrum import report_spectrum
from collapse_core.figures import bell_spectrum_figure

experiment = BellCurve(sample_size=10, generations=6, anchors=1)
report = report_spectrum(experiment, percentile=50)
figure = bell_spectrum_figure(report)
figure.playable(6).show()
