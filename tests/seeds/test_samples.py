"""The sample set keeps the promises that seeds/README.md makes for it."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SEED_TEXT = (SEEDS / "seed-article.ar.txt").read_text(encoding="utf-8").strip()
SEED = json.loads((SEEDS / "seed-article.references.json").read_text(encoding="utf-8"))
SAMPLES_TEXT = (SEEDS / "samples.jsonl").read_text(encoding="utf-8")
SAMPLES = [json.loads(line) for line in SAMPLES_TEXT.splitlines()]
ARTICLES = [*SAMPLES, SEED]

SUMMARIES = ("short_ar", "short_en", "long_ar", "long_en")
FIELDS = {
    *("id", "lang", "topic", "title", "text", "clean_text", "translation", "translation_title"),
    *SUMMARIES,
}
TOPICS = {"politics", "economy", "sport", "science", "culture", "weather", "courts"}
BRIEF_ARTICLE_WORDS = 250  # below this, half the article does not always hold four sentences

DEBRIS = re.compile(
    r"^\W*(?:[اإ]قرأ |شاهد أيضاً|أخبار ذات صلة|شارك|اشترك|للاشتراك|للمزيد|تابعونا|نقلاً عن|المصدر|"
    r"تصوير:|صورة:|الصورة?:|الصور:|إعلان$|كتبت?:|بالصور|يحتوي هذا القسم|"
    r"read more|also read|related|share\b|subscribe|sign up|follow |photo|image|credit|"
    r"advertisement|by [a-z]+ [a-z]+$|reporting by|\((?:tidewater|harbour|northline))",
    re.IGNORECASE | re.MULTILINE,
)
LEVANTINE = {
    "يناير": "كانون الثاني",
    "فبراير": "شباط",
    "مارس": "آذار",
    "أبريل": "نيسان",
    "مايو": "أيار",
    "يونيو": "حزيران",
    "يوليو": "تموز",
    "أغسطس": "آب",
    "سبتمبر": "أيلول",
    "أكتوبر": "تشرين الأول",
    "نوفمبر": "تشرين الثاني",
    "ديسمبر": "كانون الأول",
}
SCALES = {
    **dict.fromkeys(("thousand", "ألف", "ألفاً", "آلاف"), 1_000),
    **dict.fromkeys(("million", "مليون", "مليوناً", "ملايين"), 1_000_000),
    **dict.fromkeys(("billion", "مليار", "ملياراً", "مليارات"), 1_000_000_000),
}
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
# A decade ("1990s") is left out, for Arabic writes it in words.
NUMBER = re.compile(r"(?!\d+s\b)(?<!\d)(\d+(?:,\d{3})*(?:\.\d+)?)(?=\s+([\w\u064b]+)|)")


def values(text: str) -> set[Decimal]:
    """The numbers written in digits, by value: «١٫٥ مليون» and "1,500,000" are one."""
    found = NUMBER.findall(text.translate(WESTERN))
    return {Decimal(digits.replace(",", "")) * SCALES.get(word, 1) for digits, word in found}


def references(article: dict[str, Any], field: str) -> list[str]:
    """A summary field's references; a lone string is one reference."""
    value = article[field]
    return value if isinstance(value, list) else [value]


def summaries(article: dict[str, Any]) -> list[tuple[str, str]]:
    return [(field, text) for field in SUMMARIES for text in references(article, field)]


def version(article: dict[str, Any], language: str) -> str:
    """The story in one of its two languages."""
    return str(article["clean_text" if article["lang"] == language else "translation"])


def texts_in(article: dict[str, Any], language: str) -> list[str]:
    """Everything that the article holds in one language."""
    title = article["title" if article["lang"] == language else "translation_title"]
    own = [text for field, text in summaries(article) if field.endswith(language)]
    return [title, version(article, language), *own]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?؟])[»”\"]*\s+", text)


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_language_has_twelve_articles_over_every_topic(language: str) -> None:
    own = [article for article in SAMPLES if article["lang"] == language]
    assert len(own) >= 12
    assert {article["topic"] for article in own} >= TOPICS


@pytest.mark.parametrize("language", ["ar", "en"])
def test_lengths_run_from_a_brief_to_a_feature(language: str) -> None:
    lengths = [len(a["clean_text"].split()) for a in SAMPLES if a["lang"] == language]
    assert min(lengths) >= 120
    assert max(lengths) <= 900
    assert min(lengths) < 160
    assert max(lengths) > 700


def test_ids_are_unique_and_say_language_and_topic() -> None:
    assert max(Counter(article["id"] for article in ARTICLES).values()) == 1
    for article in SAMPLES:
        assert re.fullmatch(rf"{article['lang']}-{article['topic']}-\d\d", article["id"])


def test_several_articles_have_two_short_references() -> None:
    for field in ("short_ar", "short_en"):
        assert sum(len(references(article, field)) > 1 for article in SAMPLES) >= 8


def test_most_articles_carry_debris_and_some_carry_none() -> None:
    dirty = [article for article in SAMPLES if article["text"] != article["clean_text"]]
    assert len(SAMPLES) * 0.75 <= len(dirty) < len(SAMPLES)
    assert all(DEBRIS.search(article["text"]) for article in dirty)
    assert {article["lang"] for article in SAMPLES if article not in dirty} == {"ar", "en"}


def test_the_first_paragraph_is_often_not_the_news() -> None:
    def closest_paragraph(article: dict[str, Any]) -> int:
        reference = set(words(references(article, f"short_{article['lang']}")[0]))
        shared = [len(reference & set(words(p))) for p in paragraphs(article["clean_text"])]
        return shared.index(max(shared))

    delayed = Counter(a["lang"] for a in SAMPLES if closest_paragraph(a) > 0)
    assert min(delayed["ar"], delayed["en"]) >= 3


def test_the_awkward_forms_are_there() -> None:
    arabic = "\n".join(article["clean_text"] for article in SAMPLES if article["lang"] == "ar")
    for form in (r"[٠-٩]٫[٠-٩]", r"[٠-٩]٬[٠-٩]", r"\d\.\d", r"[A-Za-z]{3}", "«", r"مليون دولار"):
        assert re.search(form, arabic), form
    assert max(len(sentence.split()) for sentence in sentences(arabic)) >= 60


def test_the_seed_references_belong_to_the_seed_article() -> None:
    assert SEED["text"] == SEED_TEXT
    assert len(paragraphs(SEED["clean_text"])) == 14


@each_article
def test_every_field_is_there_and_full(article: dict[str, Any]) -> None:
    assert set(article) == FIELDS
    assert article["lang"] in {"ar", "en"}
    texts = [*texts_in(article, "ar"), *texts_in(article, "en"), article["text"]]
    assert all(text and text == text.strip() for text in texts)


@each_article
def test_the_story_is_in_the_text_in_order(article: dict[str, Any]) -> None:
    position = 0
    for paragraph in paragraphs(article["clean_text"]):
        position = article["text"].index(paragraph, position) + len(paragraph)


@each_article
def test_no_debris_is_left_in_the_story(article: dict[str, Any]) -> None:
    for text in texts_in(article, "ar") + texts_in(article, "en"):
        assert not DEBRIS.search(text)


@each_article
def test_the_translation_follows_paragraph_by_paragraph(article: dict[str, Any]) -> None:
    pairs = zip(paragraphs(article["clean_text"]), paragraphs(article["translation"]), strict=True)
    for source, target in pairs:
        assert values(source) <= values(target), source


@each_article
def test_summaries_stay_within_their_bands(article: dict[str, Any]) -> None:
    for field, text in summaries(article):
        article_words = len(version(article, field[-2:]).split())
        most = 45 if field.startswith("short") else 130
        assert len(text.split()) <= min(most, article_words / 2), field
        low, high = (1, 2) if field.startswith("short") else (4, 6)
        if article_words < BRIEF_ARTICLE_WORDS:
            low = min(low, 2)
        assert low <= len(sentences(text)) <= high, field
        assert re.search(r"[.!?؟][»”\"]?$", text), field


@each_article
def test_every_number_in_a_summary_is_in_the_article(article: dict[str, Any]) -> None:
    known = values(article["clean_text"]) | values(article["translation"])
    for field, text in summaries(article):
        assert values(text) <= known, field


@each_article
def test_every_name_in_an_english_summary_is_in_the_article(article: dict[str, Any]) -> None:
    known = set(words(version(article, "en")))
    for field, text in summaries(article):
        if field.endswith("en"):
            inner = " ".join(re.sub(r"^\W*\w+", "", sentence) for sentence in sentences(text))
            names = {word for word in words(inner) if word[0].isupper()}
            assert names <= known, field


@each_article
def test_every_quotation_in_an_arabic_summary_is_in_the_article(article: dict[str, Any]) -> None:
    story = version(article, "ar")
    for field, text in summaries(article):
        if field.endswith("ar"):
            assert all(quoted in story for quoted in re.findall(r"[«“](.+?)[»”]", text)), field


@each_article
def test_each_language_is_in_its_own_script(article: dict[str, Any]) -> None:
    for text in texts_in(article, "ar"):
        letters = [char for char in text if char.isalpha()]
        assert sum("ء" <= char <= "ي" for char in letters) >= 0.9 * len(letters)
        assert not re.search(r"[گچپژیکۀہە۰-۹]", text), "Persian and Urdu letters are not Arabic"
    for text in texts_in(article, "en"):
        assert not re.search(r"[\u0600-\u06ff]", text)


@each_article
def test_levantine_months_stand_beside_their_gregorian_names(article: dict[str, Any]) -> None:
    for text in texts_in(article, "ar"):
        for month, other in re.findall(r"\bو?(\w+) \(((?:كانون|تشرين) \w+|\w+)\)", text):
            if month in LEVANTINE or other in LEVANTINE.values():
                assert LEVANTINE.get(month) == other


@each_article
def test_quotation_marks_and_brackets_are_paired(article: dict[str, Any]) -> None:
    for text in [*texts_in(article, "ar"), *texts_in(article, "en"), article["text"]]:
        if text in (SEED["text"], SEED["clean_text"]):
            continue  # its publisher opens some quotations with a closing mark
        for opening, closing in ("«»", "“”", "()"):
            assert text.count(opening) == text.count(closing)
        assert text.count('"') % 2 == 0
