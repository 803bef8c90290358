# ==== as_it_opens
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 49)
figure.playable(6).show()

# ==== all_changed
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.2)
loop = ClosedLoop(truth, Anchors(count=3, fresh=False), 20, 12, temperature=1.0)
paths = loop.simulate(replicates=50, seed=5)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 9)
figure.playable(12).show()

# ==== family_bernoulli
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 13)
figure.playable(6).show()

# ==== family_binomial
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Binomial(trials=5, probability=0.1)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 33)
figure.playable(6).show()

# ==== family_gamma
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Gamma(shape=3.0, mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 6)
figure.playable(6).show()

# ==== family_gaussian
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Gaussian(mean=0.0, sd=1.0, unbiased=False)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 45)
figure.playable(6).show()

# ==== family_geometric
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Geometric(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 41)
figure.playable(6).show()

# ==== family_negative_binomial
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.NegativeBinomial(r=4.0, mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 30)
figure.playable(6).show()

# ==== family_normal_mean
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.NormalMean(mean=0.0, sd=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 2)
figure.playable(6).show()

# ==== family_normal_variance
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.NormalVariance(true_variance=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 16)
figure.playable(6).show()

# ==== family_poisson
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import exponential_families_figure

truth = families.Poisson(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 29)
figure.playable(6).show()

# ==== policy_accumulate
from collapse_core import ClosedLoop, Accumulate, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, Accumulate(), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 14)
figure.playable(6).show()

# ==== policy_fraction
from collapse_core import ClosedLoop, RealFraction, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, RealFraction(share=0.1), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 14)
figure.playable(6).show()

# ==== policy_prior
from collapse_core import ClosedLoop, Prior, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, Prior(strength=5.0, mean=None), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 17)
figure.playable(6).show()

# ==== policy_weighted
from collapse_core import ClosedLoop, Weighted, families
from collapse_core.figures import exponential_families_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, Weighted(real_weight=0.1, count=1), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=50, seed=1)
law = loop.exact(approximate=True)
figure = exponential_families_figure(paths, law, 49)
figure.playable(6).show()

# ==== side_by_side
from collapse_core.experiments import ExponentialFamilies
from collapse_core.experiments.exponential_families_report import reports_side_by_side
from collapse_core.figures import exponential_overview_figure

experiment = ExponentialFamilies(sample_size=10, generations=6, anchors=1, runs=50)
reports = reports_side_by_side(experiment, percentile=50)
figure = exponential_overview_figure(reports)
figure.playable(6).show()
