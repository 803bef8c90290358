# ==== as_it_opens
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== all_changed
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, order=2, smoothing='backoff', sample_size=300, generations=1, real_sentences=2, temperature=1.1, top_p=0.9, seed=5)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'are')
figure.playable(1).show()

# ==== corpus_reference
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus='reference', corpus_words=1000, sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'see')
figure.playable(1).show()

# ==== model_letters1
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, unit='letters', order=1, sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'q')
figure.playable(1).show()

# ==== model_letters3
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, unit='letters', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'q')
figure.playable(1).show()

# ==== model_words1
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, order=1, sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== policy_accumulate
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, policy='accumulate', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== policy_accumulate_subsample
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, policy='accumulate_subsample', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== policy_real_share
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, policy='real_share', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== policy_same_sentences
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, policy='same_sentences', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== smoothing_backoff
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, smoothing='backoff', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== smoothing_interpolation
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

experiment = Language(corpus_words=1000, smoothing='interpolation', sample_size=300, generations=1)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'from')
figure.playable(1).show()

# ==== ones_own_text
from collapse_core.experiments import Language
from collapse_core.experiments.language_report import report_language
from collapse_core.figures.language import language_figure

text = open("your_text.txt", encoding="utf-8").read()
experiment = Language(corpus='own', corpus_words=1000, sample_size=300, generations=1, text=text)
report = report_language(experiment, experiment.run())
print(report.vocabulary)
figure = language_figure(report, 'the')
figure.playable(1).show()
