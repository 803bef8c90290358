# ==== as_it_opens
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== all_changed
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(model='kernel', fresh=False, sample_size=50, generations=1, anchors=5, seed=5)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== data_own
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure
from collapse_core.own_points import EXAMPLE, pasted_points

experiment = AnyModel(data='own', sample_size=50, generations=1, anchors=3, own=pasted_points(EXAMPLE)  # or your own text
)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== model_kernel
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(model='kernel', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== model_pca
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(model='pca', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== model_vae
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(model='vae', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== policy_accumulate
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(policy='accumulate', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== policy_fraction
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(policy='fraction', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()

# ==== policy_subsample
from collapse_core.experiments.any_model import AnyModel
from collapse_core.figures.any_model import any_model_figure

experiment = AnyModel(policy='subsample', sample_size=50, generations=1, anchors=3)
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable(1).show()
