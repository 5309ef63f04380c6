from service.desk.diff import difference
from tests.builders import digest


def pairs(*texts):
    return [(text, f"<{text}>") for text in texts]


def test_equal_digests_do_not_differ():
    base = digest(pairs("أ", "ب"))
    found = difference(base, base)
    assert (found.kept, found.sentences, found.summaries) == (2, (), ())


def test_a_reworded_sentence_is_shown_with_both_translations():
    found = difference(digest(pairs("أ", "ب", "ج")), digest(pairs("أ", "ب!", "ج")))
    (change,) = found.sentences
    assert (change.operation, change.old_id, change.new_id) == ("changed", 1, 1)
    assert (change.old, change.new) == ("ب", "ب!")
    assert (change.old_translation, change.new_translation) == ("<ب>", "<ب!>")
    assert found.kept == 2
    assert found.summaries == ()


def test_what_came_and_what_went():
    came = difference(digest(pairs("أ", "ب")), digest(pairs("أ", "جديد", "ب")))
    assert [(c.operation, c.old_id, c.new_id) for c in came.sentences] == [("added", None, 1)]
    went = difference(digest(pairs("أ", "جديد", "ب")), digest(pairs("أ", "ب")))
    assert [(c.operation, c.old_id, c.new_id) for c in went.sentences] == [("removed", 1, None)]


def test_a_summary_that_reads_differently_is_named():
    found = difference(digest(pairs("أ", "ب")), digest(pairs("أ", "ب"), short=(1,)))
    assert [(c.language, c.length, c.old, c.new) for c in found.summaries] == [
        ("ar", "short", "أ", "ب"),
        ("en", "short", "<أ>", "<ب>"),
    ]
