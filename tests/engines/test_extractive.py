import json
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engines import features
from service.engines.extractive import CANDIDATE_FACTS, CONFIG, STEP_FACTS, WEIGHTS, PointerSelector
from service.errors import ModelDamaged
from service.summary.bands import BANDS, Room, count

WIDTH, RANK, SIZE = 8, 4, 16


class HashedVectors:
    """Unit vectors that depend on the text alone."""

    def embed(self, sentences):
        rows = [
            np.random.default_rng(list(text.encode("utf-8", "replace"))).normal(size=SIZE)
            for text in sentences
        ]
        found = np.array(rows, dtype=np.float32).reshape(len(rows), SIZE)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


def write_model(folder, members=2, version=features.VERSION):
    inputs, gates = len(features.NAMES) + 2, 3 * WIDTH
    half = WIDTH // 2
    linear = {
        "projection": (RANK, SIZE), "inputs": (WIDTH, inputs + RANK), "start": (WIDTH, WIDTH),
        "key": (WIDTH, WIDTH), "query": (WIDTH, WIDTH), "facts": (WIDTH, CANDIDATE_FACTS),
        "point": (1, WIDTH), "prior": (1, inputs), "stop.0": (half, WIDTH + STEP_FACTS),
        "stop.2": (1, half),
    }  # fmt: skip
    shapes = {}
    for name, (rows, columns) in linear.items():
        shapes |= {f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)}
    for suffix in ("_l0", "_l0_reverse"):
        shapes |= {
            f"encoder.weight_ih{suffix}": (3 * half, WIDTH),
            f"encoder.weight_hh{suffix}": (3 * half, half),
            f"encoder.bias_ih{suffix}": (3 * half,),
            f"encoder.bias_hh{suffix}": (3 * half,),
        }
    for kind in ("weight_ih", "weight_hh"):
        shapes |= {f"decoder.{kind}": (gates, WIDTH)}
    shapes |= {"decoder.bias_ih": (gates,), "decoder.bias_hh": (gates,)}
    random = np.random.default_rng(7)
    weights = {
        f"{member}.{name}": random.normal(scale=0.4, size=shape).astype(np.float16)
        for member in range(members)
        for name, shape in shapes.items()
    }
    folder.mkdir(exist_ok=True)
    np.savez_compressed(folder / WEIGHTS, **weights)
    (folder / CONFIG).write_text(json.dumps({"features": version, "members": members}))
    return folder


@pytest.fixture(scope="module")
def selector(tmp_path_factory):
    return PointerSelector(write_model(tmp_path_factory.mktemp("selector")), HashedVectors())


WORDS = {
    "ar": ["قال", "الرئيس", "إن", "الحكومة", "7", "ستعلن", "عن", "خطة", "جديدة", "اليوم", "وأضاف"],
    "en": ["the", "president", "said", "Cairo", "7", "would", "announce", "He", "plan", "today"],
}


def article(draw, language, most=30):
    sentence = st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=70)
    return [" ".join(words) + "." for words in draw(st.lists(sentence, min_size=1, max_size=most))]


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(["ar", "en"]), st.sampled_from(["short", "long"]))
def test_picks_stay_within_the_room_and_come_once(selector, data, language, length):
    text = article(data.draw, language)
    title = data.draw(st.none() | st.just(text[0]))
    picks = selector.select(text, language, length, title)
    chosen = [pick.index for pick in picks]
    room = Room(length, [[count(sentence) for sentence in text]])
    assert 1 <= len(set(chosen)) == len(chosen) <= BANDS[length].max_sentences
    assert len(chosen) >= room.min_sentences
    assert room.holds(chosen)
    assert all(0 < pick.score <= 1 for pick in picks)


def test_barred_sentences_are_left_out(selector):
    text = [" ".join(["word"] * 10) + f" {n}." for n in range(12)]
    costs = [[count(sentence) for sentence in text]]
    barred = {pick.index for pick in selector.select(text, "en", "long")}
    room = Room("long", costs, barred)
    assert not barred & {pick.index for pick in selector.select(text, "en", "long", None, room)}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_same_bytes_from_any_thread(selector, language):
    text = [" ".join(np.roll(WORDS[language], n)) + "." for n in range(40)]
    expected = selector.select(text, language, "long", text[3])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: selector.select(text, language, "long", text[3]), range(8)))
    assert all(picks == expected for picks in found)


def test_cost_is_linear_in_the_number_of_sentences(selector):
    def seconds(number):
        text = [" ".join(np.roll(WORDS["en"], n)) + f" {n}." for n in range(number)]
        selector.select(text, "en", "long")
        spent = []
        for _ in range(3):
            began = time.process_time()
            selector.select(text, "en", "long")
            spent.append(time.process_time() - began)
        return min(spent)

    assert seconds(2400) < 12 * seconds(400) + 0.1


def test_an_empty_text_has_no_picks(selector):
    assert selector.select([], "ar", "short") == []


@pytest.mark.parametrize("damage", ["missing", "rubbish", "features", "config"])
def test_a_model_that_cannot_be_read_is_refused(tmp_path, damage):
    folder = write_model(tmp_path / "m", version=99 if damage == "features" else features.VERSION)
    if damage == "missing":
        (folder / WEIGHTS).unlink()
    elif damage == "rubbish":
        (folder / WEIGHTS).write_bytes(b"PK rubbish")
    elif damage == "config":
        (folder / CONFIG).write_text("{")
    with pytest.raises(ModelDamaged, match="m"):
        PointerSelector(folder, HashedVectors())
