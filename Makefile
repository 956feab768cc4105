# Bare `make` lists the targets.
PORT ?= 8000
BIN = .venv/bin

.PHONY: help run check test fix screenshots lock venv

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | \
		column -t -s '|'

venv: ## make .venv with everything a developer needs
	@scripts/venv.sh requirements-dev.txt
