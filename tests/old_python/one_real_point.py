# ==== as_it_opens
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='bernoulli')
figure.playable(6).show()

# ==== all_changed
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Bernoulli(share=0.12000000000000001)
loop = ClosedLoop(truth, Anchors(count=3, fresh=False), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=5)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(60), family='bernoulli')
figure.playable(6).show()

# ==== family_exponential
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Exponential(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='exponential')
figure.playable(6).show()

# ==== family_gaussian
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Gaussian(mean=0.0, sd=1.0, unbiased=False)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='gaussian')
figure.playable(6).show()

# ==== family_geometric
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Geometric(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='geometric')
figure.playable(6).show()

# ==== family_normal_mean
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.NormalMean(mean=0.0, sd=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='normal_mean')
figure.playable(6).show()

# ==== family_normal_variance
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.NormalVariance(true_variance=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='normal_variance')
figure.playable(6).show()

# ==== family_poisson
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import one_real_point_figure

truth = families.Poisson(mean=1.0)
loop = ClosedLoop(truth, Anchors(count=1, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = one_real_point_figure(paths, law, paths.run_nearest(50), family='poisson')
figure.playable(6).show()
