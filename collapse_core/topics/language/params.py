"""The numbers that the page about language can be asked with."""

from __future__ import annotations

from collapse_core.params import Param
from collapse_core.topics.shared_params import SEED, generations_param, sample_size_param

__all__ = ["LANGUAGE_PARAMS"]

LANGUAGE_PARAMS = {
    param.name: param
    for param in (
        sample_size_param(
            3000,
            "How much text each generation writes: words (or letters), the end of a sentence "
            "being counted as one.",
            least=200,
            most=50_000,
            label="Text length",
            unit="tokens",
        ),
        generations_param(
            20, 50, "How often a model is trained on text that the model before it wrote."
        ),
        Param(
            "order",
            "m",
            1,
            4,
            3,
            "How many words (or letters) in a row the model counts: 1 forgets all context, 3 "
            "looks at the two before.",
            label="Order",
        ),
        Param(
            "real_sentences",
            "k",
            0,
            200,
            0,
            "How many real sentences of average length are added to each training set.",
            label="Real sentences",
            unit="sentences",
        ),
        Param(
            "real_share",
            "",
            0.0,
            1.0,
            0.1,
            "How much of each training set is real text; its size stays the same.",
            label="Share of real text",
            step=0.01,
        ),
        Param(
            "temperature",
            "T",
            0.1,
            2.0,
            1.0,
            "Below 1 likely words become likelier still; above 1 all become more alike.",
            label="Temperature",
            step=0.05,
        ),
        Param(
            "top_p",
            "p",
            0.05,
            1.0,
            1.0,
            "The model only chooses among the likeliest words that have this probability in all; "
            "1 allows every word.",
            label="Top-p",
            step=0.05,
        ),
        Param(
            "corpus_words",
            "",
            200,
            30_000,
            5000,
            "How many words of the text are used, a fifth of them to judge the models by.",
            label="Words of the text",
            unit="words",
            scale="log",
        ),
        SEED,
    )
}
