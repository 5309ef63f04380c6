from service.api.libre_responses import LibreLanguages, LibreTranslation


def test_the_languages_are_listed_as_its_clients_read_them(client):
    listed = LibreLanguages.model_validate(client.get("/languages").json).root
    assert [(language.code, language.targets) for language in listed] == [
        ("ar", ["en"]),
        ("en", ["ar"]),
    ]


def test_json_and_form_are_answered_alike(client):
    asked = {"q": "The minister arrived in Cairo today.", "source": "en", "target": "ar"}
    as_json = client.post("/translate", json=asked).json
    as_form = client.post("/translate", data=asked).json
    assert as_json == as_form
    LibreTranslation.model_validate(as_json)


def test_a_list_is_answered_with_a_list_and_the_detected_language(client):
    texts = ["وصل الوزير إلى القاهرة.", "ثم غادر المدينة مساءً."]
    asked = {"q": texts, "source": "auto", "target": "en"}
    answer = client.post("/translate", json=asked).json
    assert len(answer["translatedText"]) == 2
    assert answer["detectedLanguage"]["language"] == "ar"


def test_markup_keeps_its_tags(client):
    asked = {
        "q": '<p>The <b>minister</b> arrived.</p><script>x("The")</script>',
        "source": "en",
        "target": "ar",
        "format": "html",
    }
    text = client.post("/translate", json=asked).json["translatedText"]
    assert text.startswith("<p>") and "<b>" in text and '<script>x("The")</script>' in text
    assert "minister" not in text


def test_errors_are_problems_that_its_clients_can_read(client):
    for asked in ({"q": "x"}, {"q": "x", "source": "fr", "target": "ar"}, {}):
        response = client.post("/translate", json=asked)
        assert response.status_code == 400
        assert response.json["error"] == response.json["detail"]
