# Everything here works in a fresh clone: what a target needs, it installs into .venv (locked by hash).
# `make help` lists the targets.

PYTHON ?= python3
BIN := .venv/bin
PYTEST ?= $(BIN)/pytest -n auto
CHECKED := server tests benchmarks examples .ci
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help demo test lint fix types docs docs-serve e2e e2e-build e2e-vscode e2e-editors e2e-ci e2e-sconectl extension bench bench-smoke bench-accuracy bench-corpus bench-workspace package lock clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

demo: .venv/installed ## check a faulty manifest and show what is found
	@.ci/demo $(BIN)/scone-ls

test: lint .ci/report-schemas/node_modules/installed ## lint, then every fast test
	$(PYTEST)

lint: .venv/installed ## style, format, import contracts, spelling, project file
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check --quiet $(CHECKED)
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell README.md CHANGELOG.md Makefile docs editors schemas server .ci/run .ci/generate.py
	$(BIN)/validate-pyproject pyproject.toml

fix: .venv/installed ## mend what lint can mend by itself
	$(BIN)/ruff format $(CHECKED)
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

types: .venv/installed .ci/pyright/node_modules/installed ## pyright, strict
	.ci/pyright/node_modules/.bin/pyright

docs: .venv/installed ## write the generated pages, then the site into site/
	$(BIN)/python .ci/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file .ci/mkdocs.yml

docs-serve: .venv/installed ## the site on localhost, rebuilt as you write
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --config-file .ci/mkdocs.yml

e2e: .venv/installed e2e-build e2e-vscode e2e-editors ## real editors, headless, against the real server; builds with a real docker engine
	tests/e2e/run

e2e-build: .venv/installed ## builds with a real docker engine and a stand-in for sconectl
	$(BIN)/pytest -q -s tests/e2e/build/check_build.py

e2e-vscode: .venv/installed vscode-extension/node_modules/installed ## the extension in a real VS Code, in Chromium
	tests/e2e/vscode/run

e2e-ci: .venv/installed ## the pre-commit hooks, the GitHub Action and the GitLab component
	$(BIN)/python tests/e2e/ci/run.py

e2e-editors: .venv/installed ## Emacs with eglot and with lsp-mode, Vim, Helix, headless
	tests/e2e/terminals

e2e-sconectl: .venv/installed ## a build with the sconectl that is installed; says so when there is none
	tests/e2e/build/with-sconectl $(BIN)/scone-ls

extension: vscode-extension/node_modules/installed ## types, style and grammar of the VS Code extension; the workflows
	cd vscode-extension && npm run --silent types && npm run --silent lint && npm test --silent && npm run --silent workflows

bench: .venv/installed ## speed: keystroke, completion, hover, open, start, memory
	$(BIN)/python -m benchmarks.latency

bench-smoke: .venv/installed ## both, small: does every measurement still work?
	$(BIN)/python -m benchmarks.latency --sizes 50 --edits 3 --openings 1 --starts 1
	$(BIN)/python -m benchmarks.accuracy --cases 270 --keys 80

bench-accuracy: .venv/installed ## accuracy: planted mistakes found, placed, mended; keys offered
	$(BIN)/python -m benchmarks.accuracy

bench-corpus: .venv/installed ## all that is reported on the examples and the corpus, for a reader to judge
	$(BIN)/python -m benchmarks.corpus

bench-workspace: .venv/installed ## a workspace of 2,000 manifests: found, edited, memory
	$(BIN)/python -m benchmarks.workspace

package: .venv/installed ## build into dist/: the wheel, tried in an environment of its own, and the VS Code extension
	.ci/package $(BIN)/python

lock: .venv/installed ## renew the lock files from pyproject.toml
	$(UV_COMPILE) --output-file requirements.lock
	$(UV_COMPILE) --group dev --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" .ci/freeze.in --output-file .ci/freeze.lock
	cd .ci/pyright && npm install --package-lock-only
	cd vscode-extension && npm install --package-lock-only
	cd .ci/report-schemas && npm install --package-lock-only
	cd tests/e2e/vscode/beside && npm install --package-lock-only

clean: ## remove what the targets made
	rm -rf .venv .cache .ci/*/node_modules tests/e2e/vscode/beside/node_modules build dist site .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find server tests benchmarks .ci -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "make: needs Python 3.11 or later as '$(PYTHON)'; say which with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "make: '$(PYTHON)' cannot make virtual environments; install its venv module (Debian: python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.ci/%/node_modules/installed: .ci/%/package-lock.json
	@command -v npm >/dev/null || { echo "make: '$@' needs node and npm" >&2; exit 1; }
	cd .ci/$* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

vscode-extension/node_modules/installed: vscode-extension/package-lock.json
	@command -v npm >/dev/null || { echo "make: the VS Code extension needs node and npm" >&2; exit 1; }
	cd vscode-extension && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
