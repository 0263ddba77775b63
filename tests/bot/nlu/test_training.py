"""The training finds the least loss, the same each time, and learns what it is shown."""

import numpy as np
import pytest

from kaiwa.bot.nlu.intents import training
from kaiwa.bot.nlu.intents.examples import examples
from kaiwa.bot.nlu.intents.features import Features, features
from kaiwa.bot.nlu.intents.training import Rows, train
from kaiwa.vocabulary.language import LANGUAGES, Language

TEXTS = ["カートに入れて", "カートに追加して", "送料はいくら", "送料を教えて", "カートへ", "送料"]
LABELS = ["add", "add", "faq", "faq", "add", "faq"]


def read(texts: list[str]) -> list[Features]:
    return [features(text, "ja") for text in texts]


def test_what_was_shown_is_learnt_and_means_the_same_in_other_words() -> None:
    model = train(read(TEXTS), LABELS)
    fresh = read([*TEXTS, "カートに入れたい", "送料は？", ""])
    scores = Rows(fresh, model.columns, model.idf).times(model.weights) + model.bias
    assert [model.classes[at] for at in scores.argmax(axis=1)][:8] == [*LABELS, "add", "faq"]
    assert np.allclose(scores[8], model.bias)


def test_the_same_examples_give_the_same_weights() -> None:
    one, two = train(read(TEXTS), LABELS), train(read(TEXTS), LABELS)
    assert np.array_equal(one.weights, two.weights)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_do_not_hang_on_the_order_in_which_is_summed(language: Language) -> None:
    # As processors sum in different orders too: one that stopped early would give others there.
    some = examples(language)[::8]
    read, labels = [features(one.text, language) for one in some], [one.act for one in some]
    one, two = train(read, labels), train(read[::-1], labels[::-1])
    assert np.array_equal(one.columns, two.columns)
    assert np.abs(one.weights).max() > 10
    assert np.abs(one.weights - two.weights).max() < 0.01
    assert np.abs(one.bias - two.bias).max() < 0.01


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    columns, idf = training._columns(read(TEXTS))
    rows = Rows(read(TEXTS), columns, idf)
    target = np.array([0, 0, 1, 1, 0, 1])
    loss = training._Loss(rows, target, (np.ones(6, np.float32), 2), 0.1)
    luck = np.random.default_rng(1)
    point = luck.normal(size=(len(columns) + 1) * 2).astype(np.float32)
    way = luck.normal(size=point.shape).astype(np.float32)
    way /= np.linalg.norm(way)
    step = np.float32(1e-2)
    slope = (loss(point + step * way)[0] - loss(point - step * way)[0]) / (2 * step)
    assert abs(slope - float(loss(point)[1] @ way)) < 1e-2


def test_a_sparse_product_is_the_dense_one() -> None:
    columns, idf = training._columns(read(TEXTS))
    rows = Rows([*read(TEXTS), {}], columns, idf)
    eye = np.eye(len(columns), dtype=np.float32)
    dense = rows.times(eye)
    errors = np.arange(14, dtype=np.float32).reshape(7, 2)
    assert np.allclose(rows.transposed_times(errors), dense.T @ errors, atol=1e-5)
    assert np.allclose(np.linalg.norm(dense[:6], axis=1), 1, atol=1e-5)
