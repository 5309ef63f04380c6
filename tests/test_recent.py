from service.recent import Recent


def test_what_was_not_used_for_longest_makes_room():
    recent = Recent(2)
    recent.put("a", "خبر")
    recent.put("b", "news")
    assert recent.get("a") == "خبر"
    recent.put("c", "x")
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == ("خبر", None, "x")


def test_values_weigh_what_they_are_said_to():
    recent = Recent(10, len)
    recent.put("a", "x" * 6)
    recent.put("b", "y" * 4)
    assert recent.get("a") and recent.get("b")
    recent.put("a", "x" * 7)  # in its own place: the old one's weight is given back
    assert (recent.get("a"), recent.get("b")) == ("x" * 7, None)
    recent.put("b", "y" * 3)
    assert recent.get("a") and recent.get("b")


def test_what_is_heavier_than_the_whole_room_is_not_kept_and_drives_nothing_out():
    recent = Recent(10, len)
    recent.put("a", "x" * 6)
    recent.put("huge", "y" * 11)
    assert (recent.get("a"), recent.get("huge")) == ("x" * 6, None)
    recent.put("a", "z" * 11)
    assert recent.get("a") is None
