import string

import pytest

from service import flags


@pytest.mark.parametrize("kind", flags.catalogue().values(), ids=lambda kind: kind.code)
def test_both_wordings_name_only_the_same_values(kind):
    def names(template):
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    assert names(kind.message["ar"]) <= names(kind.message["en"]) | {"source", "target"}
    assert kind.severity in {"info", "warning", "severe"}


def test_a_flag_quotes_the_words_concerned_in_both_languages():
    flag = flags.make("untranslated", "translation.sentences.3", source="ماسك", target="ماسك")
    assert flag.severity == "warning"
    assert all("ماسك" in message for message in flag.message.values())


def test_a_code_outside_the_catalogue_cannot_be_raised():
    with pytest.raises(KeyError):
        flags.make("no_such_flag", "article")
