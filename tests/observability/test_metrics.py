import re

import pytest

from service import create_app


@pytest.fixture
def client(bare_house):
    return create_app(bare_house.settings, bare_house).test_client()


def scraped(client):
    return client.get("/metrics").text


@pytest.mark.parametrize("path", ["/admin.php?x={}", "/مقال-{}", "/v1/{}"])
def test_nobody_can_make_labels(client, path):
    for number in range(20):
        client.open(path.format(number), method=f"METHOD{number}")
    labels = set(re.findall(r'(?:route|method)="([^"]*)"', scraped(client)))
    assert labels <= {"(none)", "_OTHER"}


def test_refusals_are_told_by_route_and_code_and_answers_by_outcome(client):
    client.get("/v1/articles/" + "0" * 64)
    client.post("/v1/articles", data="مقال", content_type="text/plain")
    client.get("/health/live")
    found = scraped(client)
    one = '{code="not_found",route="/v1/articles/<article_id>"} 1.0'
    other = '{code="unsupported_media",route="/v1/articles"} 1.0'
    assert f"khulasa_refusals_total{one}" in found
    assert f"khulasa_refusals_total{other}" in found
    assert 'khulasa_request_seconds_count{outcome="2xx",route="/health/live"} 1.0' in found
    assert 'khulasa_request_seconds_count{outcome="4xx",route="/v1/articles"} 1.0' in found


@pytest.mark.models
def test_batches_are_counted_as_the_models_get_them(house):
    client = create_app(house.settings, house).test_client()
    before = float(re.search(r"khulasa_batch_texts_sum (\S+)", scraped(client))[1])
    body = {"texts": ["وصل الوفد صباح اليوم.", "وغادر مساء اليوم."], "source": "ar", "target": "en"}
    assert client.post("/v1/translate", json=body).status_code == 200
    after = float(re.search(r"khulasa_batch_texts_sum (\S+)", scraped(client))[1])
    assert after - before >= 2
