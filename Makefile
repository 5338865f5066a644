# Passerelle: `make` alone lists the targets. ARGS="…" is handed to the command of a target.

.DEFAULT_GOAL := help
.PHONY: help serve test test-llm bench peers eval check format lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

serve: .venv/.ready ## Open the chat in the browser (sets up what is missing)
	@.venv/bin/passerelle serve $(ARGS)

test: .venv/.ready ## Run every test (sets up what is missing, a browser too)
	@.venv/bin/python -m tests.chromium
	@.venv/bin/python -m tests.tesseract
	@.venv/bin/python -m tests.postgres
	@.venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

test-llm: .venv/.ready ## Run the tests with a real chat model behind a real server, where both can be had
	@.venv/bin/python -m tests.llm $(ARGS)

bench: .venv/.ready ## Measure speed and memory
	@.venv/bin/python -m evals.bench $(ARGS)

peers: .venv/.ready ## Measure retrieval beside other frameworks (ARGS="PASSAGES QUESTIONS")
	@.venv/bin/uv pip install --quiet --no-deps --target .venv/peers -r evals/bench/peers/requirements.txt
	@.venv/bin/python -m evals.bench.peers $(ARGS)

eval: .venv/.ready ## Measure the quality of the answers on the shipped documents
	@PASSERELLE_HOME=.passerelle/evals-home .venv/bin/passerelle ingest
	@PASSERELLE_HOME=.passerelle/evals-home .venv/bin/passerelle eval $(ARGS)

check: .venv/.ready ## Lint, formatting, types
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

format: .venv/.ready ## Mend lint and formatting
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

# torch is left out: which build is right depends on the machine, so setup.sh installs it.
lock: .venv/.ready ## Pin all packages anew (ARGS=--upgrade for newer ones)
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-package torch --custom-compile-command "make lock" \
		--output-file requirements.lock $(ARGS) pyproject.toml

clean: ## Remove the environment and caches; the index and the documents stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/.artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ready: requirements.lock pyproject.toml setup.sh
	@sh setup.sh

# An environment that was moved, copied or lost its interpreter is made anew.
ifneq ($(shell sh setup.sh check),ready)
.PHONY: .venv/.ready
endif
