import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Summary, SummarySentence
from service.summary.bands import BANDS, Room, band_flags, count

COSTS = st.lists(st.integers(1, 80), min_size=1, max_size=40)


def walk(room, choose):
    """Pick until the room is full; ``choose`` takes one of the allowed."""
    picked = []
    while (allowed := room.allowed(picked)).any():
        picked.append(choose([i for i, ok in enumerate(allowed) if ok]))
    return picked


@given(st.data(), st.sampled_from(["short", "long"]))
def test_whatever_is_picked_stays_within_the_band_in_every_language(data, length):
    source = data.draw(COSTS)
    target = data.draw(st.lists(st.integers(1, 80), min_size=len(source), max_size=len(source)))
    room = Room(length, [source, target])
    picked = walk(room, lambda free: data.draw(st.sampled_from(free)))
    assert len(set(picked)) == len(picked) >= 1
    assert len(picked) <= BANDS[length].max_sentences
    assert len(picked) >= room.min_sentences
    if room.fits:
        for row in (source, target):
            assert sum(row[i] for i in picked) <= min(BANDS[length].max_words, sum(row) // 2)
    else:
        assert len(picked) == 1


@given(COSTS, st.sampled_from(["short", "long"]))
def test_nothing_stops_before_its_minimum(costs, length):
    room = Room(length, [costs])
    picked = []
    while not room.may_stop(picked):
        assert len(picked) < BANDS[length].min_sentences
        picked.append(int(room.allowed(picked).argmax()))
    assert len(picked) >= room.min_sentences


def test_a_common_article_has_room_for_four_sentences_in_the_long_one():
    assert Room("long", [[30] * 10]).min_sentences == 4


def test_a_greedy_pick_may_not_take_the_room_of_those_that_must_follow():
    room = Room("long", [[100, 30, 30, 30, 30, 30, 30]])
    assert list(room.allowed([])) == [False] + [True] * 6


def test_sixty_word_sentences_give_fewer_of_them():
    room = Room("long", [[60] * 9])
    assert room.fits
    assert room.min_sentences == 2


def test_where_no_sentence_fits_one_of_the_shortest_is_offered():
    room = Room("short", [[70, 60, 90, 66]])
    assert not room.fits
    assert list(room.allowed([])) == [True, True, False, True]
    assert not room.allowed([1]).any()


def test_barred_sentences_are_not_offered_unless_all_are():
    assert list(Room("short", [[20, 20, 20]], barred={1}).allowed([])) == [True, False, True]
    assert Room("short", [[20, 20, 20]], barred={0, 1, 2}).allowed([]).all()


def test_a_stub_is_offered_only_where_there_is_nothing_else():
    assert not Room("short", [[2, 20, 20]]).allowed([])[0]
    assert Room("short", [[2, 2, 2, 2]]).allowed([])[0]


def test_an_empty_article_has_no_room():
    assert not Room("short", [[]]).allowed([]).any()


@pytest.mark.parametrize(
    ("words", "article", "length", "expected"),
    [
        ([30], [30, 30, 40], "short", []),
        ([50], [50, 60, 70], "short", ["over_length"]),
        ([30], [30], "short", ["short_article"]),
        ([30, 30], [30, 30, 30, 30], "long", ["short_article"]),
        ([60, 60], [60] * 9, "long", ["few_sentences"]),
        ([20, 20, 20, 20], [20] * 9, "long", []),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_missed_band_is_said(words, article, length, expected, language):
    word = {"ar": "كلمة", "en": "word"}[language]
    text = [" ".join([word] * n) for n in article]
    picked = tuple(SummarySentence(" ".join([word] * n)) for n in words)
    found = band_flags(Summary(language, length, picked, "extractive"), text)
    assert [flag.code for flag in found] == expected
    assert all(flag.where == f"summaries.{language}.{length}" for flag in found)


def test_words_are_what_stands_between_spaces_in_both_scripts():
    assert count("وقال الرئيس: «نعم، 7-1»") == 4
    assert count("The U.S. won 7-1.") == 4


def test_sentences_made_lighter_are_still_held_against_the_article_as_it_was():
    assert Room("short", [[10, 10, 10]], articles=[90]).allowed([0]).sum() == 2
    assert not Room("short", [[10, 10, 10]]).allowed([0]).any()


def test_a_short_articles_opening_need_not_make_way_for_three_that_say_little():
    room = Room("long", [[43, 8, 8, 20, 20, 10, 10, 11]])
    assert room.allowed([])[0]
    assert room.min_sentences == 2
    assert not room.may_stop([0])
    assert room.may_stop([0, 1, 2])
