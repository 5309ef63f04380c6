import json

import pytest

from service.engines.decoding import DEFAULT_MAX_TOKENS, GenerationSettings
from service.engines.protocol import Decoding
from service.errors import ModelDamaged


def read(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return GenerationSettings.read(folder)


def test_opus_mt_says_beams_and_a_length_that_counts_the_start_token(tmp_path):
    settings = read(
        tmp_path, generation_config={"num_beams": 4, "max_length": 512, "bad_words_ids": [[62833]]}
    )
    assert (settings.beam_size, settings.max_tokens) == (4, 511)
    assert settings.suppressed == ((62833,),)


def test_older_checkpoints_say_it_in_config_json(tmp_path):
    settings = read(tmp_path, config={"num_beams": 4, "length_penalty": 0.6, "max_length": 84})
    assert (settings.beam_size, settings.length_penalty, settings.max_tokens) == (4, 0.6, 83)


def test_generation_config_goes_before_config(tmp_path):
    settings = read(tmp_path, config={"num_beams": 4}, generation_config={"num_beams": 2})
    assert settings.beam_size == 2


def test_a_checkpoint_that_says_nothing_is_not_cut_at_twenty_tokens(tmp_path):
    assert GenerationSettings.read(tmp_path).max_tokens == DEFAULT_MAX_TOKENS


def test_new_tokens_are_taken_as_they_are(tmp_path):
    settings = read(tmp_path, generation_config={"max_new_tokens": 90, "min_new_tokens": 5})
    assert (settings.max_tokens, settings.min_tokens) == (90, 5)


def test_what_cannot_be_carried_over_is_named_and_what_is_neutral_is_not(tmp_path):
    settings = read(
        tmp_path,
        generation_config={"do_sample": False, "encoder_no_repeat_ngram_size": 3,
                           "num_beam_groups": 1, "penalty_alpha": None},
    )  # fmt: skip
    assert settings.unsupported == ("encoder_no_repeat_ngram_size",)


def test_a_caller_overrides_what_it_names_alone(tmp_path):
    settings = read(tmp_path, generation_config={"num_beams": 4, "no_repeat_ngram_size": 3})
    merged = settings.merged(Decoding(beam_size=1, max_tokens=9))
    assert (merged.beam_size, merged.no_repeat_ngram_size, merged.max_tokens) == (1, 3, 9)
    assert settings.merged(None) is settings


@pytest.mark.parametrize("content", ["[1]", "{", '{"num_beams": "many"}', '{"bad_words_ids": [7]}'])
def test_an_unreadable_file_is_damage_not_a_default(tmp_path, content):
    (tmp_path / "generation_config.json").write_text(content)
    with pytest.raises(ModelDamaged):
        GenerationSettings.read(tmp_path)
