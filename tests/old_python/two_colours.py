# ==== as_it_opens
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Anchors(count=2, fresh=True), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== fresh_false
from collapse_core import ClosedLoop, Anchors, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Anchors(count=2, fresh=False), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== policy_accumulate
from collapse_core import ClosedLoop, Accumulate, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Accumulate(), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== policy_fraction
from collapse_core import ClosedLoop, RealFraction, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, RealFraction(share=0.2), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== policy_prior
from collapse_core import ClosedLoop, Prior, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Prior(strength=5.0, mean=None), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== policy_subsample
from collapse_core import ClosedLoop, AccumulateSubsample, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, AccumulateSubsample(replacement=False), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()

# ==== policy_weighted
from collapse_core import ClosedLoop, Weighted, families
from collapse_core.figures import two_colours_figure

truth = families.Bernoulli(share=0.1)
loop = ClosedLoop(truth, Weighted(real_weight=0.1, count=2), 10, 6, temperature=1.0)
paths = loop.simulate(replicates=20, seed=1)
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest(50))
figure.playable(6).show()
