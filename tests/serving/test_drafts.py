from service.domain import Article
from service.jobs.protocol import Order
from service.serving import drafts
from service.serving.drafts import Drafts


def order(text):
    return Order(article=Article(text=text))


def test_a_document_is_read_once_and_only_when_it_is_asked_for():
    kept, read = Drafts(), []

    def reader(article, profile):
        read.append((article.text, profile))
        return article.text.upper()

    kept.note("j", order("خبر one"))
    assert read == []
    assert [kept.find("j", reader) for _ in range(2)] == [(order("خبر one"), "خبر ONE")] * 2
    assert read == [("خبر one", None)]
    assert kept.find("another process's", reader) is None


def test_what_is_remembered_is_bounded_by_its_text_not_by_its_number(monkeypatch):
    monkeypatch.setattr(drafts, "_KEPT", 100)
    kept = Drafts()
    for name in "abc":
        kept.note(name, order("ن" * 40))
    found = [kept.find(name, lambda *_: "read") is not None for name in "abc"]
    assert found == [False, True, True]
