# Bare `make` lists the targets. PORT=8001 and PYTHON=/path/to/python may be given to any of them;
# BENCH="--rounds 1 --seconds 2 --digests 20" makes a trial of the bench, which is only printed.
export PORT PYTHON
# What is compiled once serves every worker and every program that a test starts.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PACKAGES := ddat people projects weeknotes
PYTHON_FILES := $(PACKAGES) tests scripts bench manage.py
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
# Checks are about the code, whatever .env says of this machine.
CHECKED := env SECRET_KEY=only-for-checks,not-a-secret-of-any-place-on-earth \
	ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:// LOOPBACK=1 DEBUG=0 DEMO=0
# Half of the tests to each core, so that what a module's tests share is made once, not on both.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist worksteal
HYPOTHESIS := check
LONG := -o faulthandler_timeout=3600
LEFT_OUT = and not everywhere and not programs
ORDINARY = -m "not browser and not prove $(LEFT_OUT)" --hypothesis-profile=$(HYPOTHESIS)

.NOTPARALLEL:
.PHONY: help run check test coverage prove bench fix screenshots lock format lint types migrations suite \
	suite-postgres journeys prove-sqlite prove-postgres venv venv-run

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: venv-run ## serve the demonstration on 127.0.0.1:8000 (another port: PORT=8001)
	@exec $(BIN)/python scripts/serve.py

check: format lint types migrations suite ## format, lint, types and most of the suite on SQLite

test: HYPOTHESIS := test
test: LEFT_OUT :=
test: check suite-postgres journeys ## check with all of the suite, PostgreSQL, browser journeys

coverage: COVERAGE := --cov --cov-report=term --cov-fail-under=95
coverage: LEFT_OUT :=
coverage: suite ## the suite on SQLite, which must reach 95 % of the branches

prove: prove-sqlite prove-postgres ## long runs on both engines for docs/proof.md, about 40 minutes

bench: venv ## measure pages and reactions, and on ten years of a large house, for docs/proof.md
	@scripts/needs.sh wrk
	$(BIN)/python -m bench.pages $(BENCH)

fix: venv ## put right what the formatters and linters can
	$(BIN)/ruff check --fix --show-fixes $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)
	$(BIN)/djlint --reformat --quiet templates

screenshots: venv ## take the pictures in docs/screenshots
	@scripts/needs.sh chromium
	DEMO=1 $(BIN)/python -m pytest -q tests/browser/screenshots.py

lock: venv ## bring the lock files in line with pyproject.toml (UPGRADE=--upgrade for newer ones)
	@test -x $(BIN)/uv || scripts/venv.sh --tool uv
	$(COMPILE) $(UPGRADE) --output-file requirements.txt
	$(COMPILE) $(UPGRADE) --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

# The steps of the targets above.

venv:
	@scripts/venv.sh requirements-dev.txt

venv-run:
	@scripts/venv.sh requirements.txt

format: venv
	$(BIN)/ruff format --check --output-format=concise $(PYTHON_FILES)

lint: venv
	$(BIN)/ruff check --quiet --output-format=concise $(PYTHON_FILES)
	$(BIN)/djlint --check --quiet templates
	$(BIN)/djlint --lint --quiet templates

types: venv
	$(CHECKED) $(BIN)/mypy

migrations: venv
	$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run

suite: venv
	env -u DATABASE_URL $(PYTEST) $(ORDINARY) $(COVERAGE)

# What is missing is said in one line; CI takes that for a failure.

suite-postgres: LEFT_OUT := and not everywhere and not once
suite-postgres: venv
	@if scripts/needs.sh postgresql; then set -x; \
		$(BIN)/python scripts/with_postgres.py \
			$(PYTEST) $(ORDINARY) --database-only --hypothesis-profile=check; \
	else test -z "$(CI)"; fi

# The same Chromium without a desktop's windows takes half the time; where it is no package of its
# own, the other goes the whole way.

journeys: venv
	@if scripts/needs.sh chromium; then \
		scripts/needs.sh chromium-headless-shell 2> /dev/null || true; set -x; \
		env -u DATABASE_URL $(PYTEST) -n 3 -m browser tests/browser; \
	else test -z "$(CI)"; fi

# One at a time, so that figures are not each other's noise; but for two that keep one core busy each
# and measure no more than their own. A proof is never skipped.

BESIDE := tests/prove/test_bombs.py tests/prove/test_scripts_typed.py
PROVE = $(1) $(PYTEST) $(BESIDE) $(LONG) && \
	$(1) $(BIN)/python -m pytest -q -n 0 -m prove $(BESIDE:%=--ignore=%) $(LONG)

prove-sqlite: venv
	@scripts/needs.sh chromium
	$(call PROVE,env -u DATABASE_URL)

prove-postgres: venv
	@scripts/needs.sh postgresql
	$(call PROVE,$(BIN)/python scripts/with_postgres.py)
	$(BIN)/python scripts/with_postgres.py $(PYTEST) \
		-m "(everywhere or rights or once) and not sqlite"
