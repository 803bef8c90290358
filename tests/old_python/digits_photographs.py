# ==== as_it_opens
from collapse_core.experiments.digits_photographs import DigitsPhotographs
from collapse_core.figures.digits_photographs import digits_photographs_figure

experiment = DigitsPhotographs(sample_size=50, generations=1)
steps = experiment.run()
figure = digits_photographs_figure(steps, experiment.generations)
figure.playable(1).show()

# ==== all_changed
from collapse_core.experiments.digits_photographs import DigitsPhotographs
from collapse_core.figures.digits_photographs import digits_photographs_figure

experiment = DigitsPhotographs(model='mixture', loop='retraining', meaning='groups', evened=False, sample_size=50, generations=1, components=18, seed=5)
steps = experiment.run()
figure = digits_photographs_figure(steps, experiment.generations)
figure.playable(1).show()

# ==== loop_retraining
from collapse_core.experiments.digits_photographs import DigitsPhotographs
from collapse_core.figures.digits_photographs import digits_photographs_figure

experiment = DigitsPhotographs(loop='retraining', sample_size=50, generations=1)
steps = experiment.run()
figure = digits_photographs_figure(steps, experiment.generations)
figure.playable(1).show()

# ==== model_vae
from collapse_core.experiments.digits_photographs import DigitsPhotographs
from collapse_core.figures.digits_photographs import digits_photographs_figure

experiment = DigitsPhotographs(model='vae', sample_size=50, generations=1)
steps = experiment.run()
figure = digits_photographs_figure(steps, experiment.generations)
figure.playable(1).show()
