# make setup | demo | test | serve | check | bench | bench-quality | screenshots
# Everything lives in .venv; a stamp a requirements file makes re-running quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: setup demo test serve check format bench bench-quality screenshots clean

$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt requirements-models.txt requirements-celery.txt requirements-otel.txt
	$(PIP) install -r requirements-models.txt -r requirements-celery.txt -r requirements-otel.txt -r requirements-dev.txt
	touch $@

setup: $(VENV)/.run  ## what the service needs to run

demo: setup  ## the seed article: its translation and the four summaries
	$(BIN)/python -m service summarize seeds/seed-article.ar.txt

serve: setup
	$(BIN)/python -m service serve

check: $(VENV)/.dev  ## lint, types, documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/docs

test: $(VENV)/.dev  ## every test
	$(BIN)/pytest -q -n 2 --dist worksteal

bench: $(VENV)/.dev  ## figures of docs/performance.md; takes a quarter of an hour
	$(BIN)/python -m bench.engines
	$(BIN)/python -m bench.serving
	$(BIN)/python -m bench.reuse

screenshots: $(VENV)/.dev  ## the pictures of docs/images; needs chromium
	$(BIN)/python -m bench.screenshots

bench-quality: $(VENV)/.dev  ## docs/quality.md: the embedded profile against lead-k and LexRank
	$(BIN)/python -m bench.quality

format: $(VENV)/.dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
