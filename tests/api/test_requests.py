import json

import pytest

from service.api import bodies, requests


def test_the_schema_of_headers_and_queries_is_drawn_once():
    drawn = requests.PreferHeader.model_json_schema()
    assert drawn is requests.PreferHeader.model_json_schema()
    assert "prefer" in drawn["properties"]


@pytest.mark.parametrize("text", ["كلمتان فقط", "two words"], ids=["ar", "en"])
def test_a_body_is_parsed_once(client, monkeypatch, text):
    parsed = []
    parse = bodies._parse

    def counted(body):
        parsed.append(body)
        return parse(body)

    monkeypatch.setattr(bodies, "_parse", counted)
    assert client.post("/v1/articles", json={"text": text}).status_code == 422
    assert [json.loads(body) for body in parsed] == [{"text": text}]


@pytest.mark.parametrize("name", ["politics", "", None])
def test_an_article_may_name_a_glossary_or_none(name):
    assert requests.ArticleBody(text="خبر", glossary=name).glossary == name
    drawn = requests.ArticleBody.model_json_schema()["properties"]["glossary"]
    assert "empty for none" in drawn["description"]
