# ==== as_it_opens
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=1, kinds=100, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=False)
figure.playable(4).show()

# ==== all_changed
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=3, kinds=3, exponent=1.1, favours_common=True, too_simple=True, temperature=0.92, top_p=0.97, minimum_count=4, fresh=False, seed=5, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 60, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=True)
figure.playable(4).show()

# ==== density
from collapse_core.experiments.density_tails import DensityTails, report_density_tails
from collapse_core.figures.density_tails import density_tails_figure

experiment = DensityTails(sample_size=50, generations=4)
tail = experiment.refit().run(replicates=200, seed=experiment.seed)
figure = density_tails_figure(tail, report_density_tails(experiment, tail))
figure.playable(4).show()

# ==== density_kernel
from collapse_core.experiments.density_tails import DensityTails, report_density_tails
from collapse_core.figures.density_tails import density_tails_figure

experiment = DensityTails(sample_size=50, generations=4, model='kernel')
tail = experiment.refit().run(replicates=200, seed=experiment.seed)
figure = density_tails_figure(tail, report_density_tails(experiment, tail))
figure.playable(4).show()

# ==== finite_false
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=1, kinds=100, finite=False, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=False)
figure.playable(4).show()

# ==== policy_accumulate
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=1, kinds=100, policy='accumulate', runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=False)
figure.playable(4).show()

# ==== policy_fraction
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=1, kinds=100, policy='fraction', runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=False)
figure.playable(4).show()

# ==== policy_subsample
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

experiment = VanishingTails(sample_size=50, generations=4, anchors=1, kinds=100, policy='subsample', runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, log_axes=False)
figure.playable(4).show()

# ==== start_catalogue
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

data = datasets.long_tailed_catalogue()
names, counts = data.names, data.counts
experiment = VanishingTails(counts=counts, sample_size=50, generations=4, anchors=1, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, names=names, log_axes=False)
figure.playable(4).show()

# ==== start_letters
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

data = datasets.english_letters()
names, counts = data.names, data.counts
experiment = VanishingTails(counts=counts, sample_size=50, generations=4, anchors=1, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, names=names, log_axes=False)
figure.playable(4).show()

# ==== start_names
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

data = datasets.names_of_a_class()
names, counts = data.names, data.counts
experiment = VanishingTails(counts=counts, sample_size=50, generations=4, anchors=1, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, names=names, log_axes=False)
figure.playable(4).show()

# ==== start_own
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

counts = (412, 305, 188, 121, 97, 84, 61, 40, 26, 17, 12, 7, 6, 5, 3, 2, 1, 1,)
names = [f"kind {i}" for i in range(len(counts))]
experiment = VanishingTails(counts=counts, sample_size=50, generations=4, anchors=1, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, names=names, log_axes=False)
figure.playable(4).show()

# ==== long_list_of_ones_own
from collapse_core import datasets
from collapse_core.experiments import VanishingTails
from collapse_core.experiments.tails_runs import run_tails
from collapse_core.experiments.vanishing_tails_report import *
from collapse_core.figures import vanishing_tails_figure

from collapse_core.experiments.counts_text import parse_counts
data = parse_counts(open("your_list.csv", encoding="utf-8").read())
names, counts = data.names, data.counts
experiment = VanishingTails(counts=counts, sample_size=50, generations=4, anchors=1, runs=200)
loop = experiment.loop()
runs = run_tails(loop, experiment.runs, experiment.seed, 50, common_mass=COMMON_MASS)
report = report_vanishing_tails(runs, tails_law(loop))
figure = vanishing_tails_figure(runs, report, names=names, log_axes=False)
figure.playable(4).show()
