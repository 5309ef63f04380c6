"""The service against its own OpenAPI document: every operation, with and against what it takes."""

import time

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from service import create_app
from service.domain import Article
from service.house import House
from service.jobs.protocol import Order
from service.pipeline.run import Run
from service.settings import Settings
from tests.services import until

pytestmark = pytest.mark.slow
load_all_checks()

# Beside the bounds of every member, which are tried one by one in any case.
FEW = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SLOWEST_S = 10.0
# No schema can say what is an Arabic text, a readable .docx or a glossary with its columns.
UNSAYABLE = [positive_data_acceptance]

STORY = "وصل الوفد إلى العاصمة صباح الأحد. وقال رئيسه إن المحادثات تبدأ غداً في القصر."
# What makes sense where, since chance alone would hardly ever be answered with more than a problem.
SENSE = {
    "/v1/articles": {"text": STORY, "html": None, "profile": None, "glossary": "starter"},
    "/v1/summarize": {"text": STORY, "html": None, "profile": None},
    "/v1/translate": {"texts": [STORY], "source": "auto", "target": "en", "profile": None},
    "/v1/check": {"source": STORY, "target": "The delegation arrived on Sunday."},
    "/translate": {"q": STORY, "source": "ar", "target": "en"},
    "/v1/articles/{article_id}/feedback": {
        "which": "translation.sentences.0",
        "text": "They came.",
    },
}
GLOSSARY = {"text/csv": "ar,en\nالوفد,delegation\n", "text/tab-separated-values": "ar\ten\n"}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A house of this module's own: other tests must not find what is written here."""
    house = House(Settings(data_dir=tmp_path_factory.mktemp("contract")))
    house.warm_up()
    yield house
    house.close(5)


@pytest.fixture(scope="module")
def contract(own):
    return schemathesis.openapi.from_wsgi("/openapi.json", create_app(own.settings, own))


@pytest.fixture(scope="module")
def operations(contract):
    """All of them, those last that delete what others ask for."""
    found = [result.ok() for result in contract.get_all_operations()]
    return sorted(found, key=lambda operation: operation.method == "delete")


@pytest.fixture
def there(own):
    """What is there to be asked for, by the names of the paths' parameters."""
    order = Order(article=Article(text=STORY))
    article = own.digest(order.article, Run()).id
    job = own.submit(order).id
    until(lambda: own.jobs.get(job).ended, 60)
    return {
        "article_id": article,
        "other_id": article,
        "job_id": job,
        "desk": "starter",
        "number": 1,
    }


def call(case):
    started = time.monotonic()
    return case.call(), time.monotonic() - started


def examine(case):
    response, spent_s = call(case)
    if spent_s > SLOWEST_S:  # a busy machine is slow once, a hang is slow twice
        response, spent_s = call(case)
    assert spent_s < SLOWEST_S
    assert b"Traceback" not in response.content
    case.validate_response(response, excluded_checks=UNSAYABLE)
    return response.status_code


def make_sensible(case, there):
    path = case.path_parameters
    path.update({name: there[name] for name in path if name in there})
    if isinstance(case.body, dict):
        case.body.update(SENSE.get(case.operation.path, {}))
    elif case.media_type in GLOSSARY:
        case.body = GLOSSARY[case.media_type]


def at_the_bounds(contract, operation, mode):
    return contract.iter_coverage_cases(
        operation, generation_modes=[mode], generation_config=contract.config.generation
    )


def test_every_operation_answers_what_it_takes_as_it_says(contract, operations, there, subtests):
    succeeded = set()
    for operation in operations:

        @FEW
        @given(operation.as_strategy(), st.booleans())
        def fuzz(case, sensible):
            if sensible:
                make_sensible(case, there)
            try_out(case)

        def try_out(case):
            if examine(case) < 300:
                succeeded.add(case.operation.label)

        with subtests.test(operation.label):
            for case in at_the_bounds(contract, operation, GenerationMode.POSITIVE):
                try_out(case)
            fuzz()
    # What is sent as a file is a picture, and the job that is there has ended.
    refused = {operation.label for operation in operations} - succeeded
    assert refused <= {"POST /v1/files", "DELETE /v1/jobs/{job_id}"}


def test_every_operation_refuses_what_it_does_not_take_as_it_says(contract, operations, subtests):
    mode = GenerationMode.NEGATIVE
    for operation in operations:

        @FEW
        @given(operation.as_strategy(generation_mode=mode))
        def fuzz(case):
            examine(case)

        with subtests.test(operation.label):
            for case in at_the_bounds(contract, operation, mode):
                examine(case)
            if operation.body or list(operation.iter_parameters()):
                fuzz()
