# The single door to all tasks.
.DEFAULT_GOAL := help
SHELL := /bin/bash
CARGO ?= cargo
OUT ?= demo
PYTHON ?= python3
VENV := target/venv
# Property tests and fuzzing draw the same cases everywhere; another seed explores others: make test PROPTEST_RNG_SEED=2
export PROPTEST_RNG_SEED ?= 1
DATA := $(or $(DISTRETTO_DATA),../shared/data)

help: ## What there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## The command, ready for use: target/release/distretto
	$(CARGO) build --release --locked -p distretto

demo: build ## Make a country, find its areas and districts and how sure they are, say where to look
	./target/release/distretto world --seed 7 --zones 2000 --out $(OUT)/world
	./target/release/distretto run $(OUT)/world/study.toml --out $(OUT)/edition
	@echo
	./target/release/distretto certainty $(OUT)/world/study.toml --replicates 100 --out $(OUT)/edition
	@echo
	@echo "Look at:  $(OUT)/edition/report.html      the report; its chapter \"How sure\" has the map of borders by strength"
	@echo "          $(OUT)/edition/shapes.gpkg      areas, zones and borders, for a GIS"
	@echo "          $(OUT)/edition/districts.csv    every area: what it is, and why in steps.csv"
	@echo "Ask:      ./target/release/distretto explain Steciosco --study $(OUT)/world/study.toml --edition $(OUT)/edition"

test: test-tools test-rust test-formats ## Everything; installs what tests need

test-tools: ## What tests need beyond Rust: GDAL, and geopandas in a virtual environment
	@command -v ogrinfo >/dev/null && command -v xmllint >/dev/null || { \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends gdal-bin libxml2-utils python3-venv; }
	@test -x $(VENV)/bin/python || { mkdir -p target && $(PYTHON) -m venv $(VENV); }
	@$(VENV)/bin/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt

test-rust: ## Unit, property, oracle and command tests
	DISTRETTO_PYTHON=$(abspath $(VENV)/bin/python) $(CARGO) test --locked --workspace
	@test -d "$(DATA)" && echo "Published tables: present in $(DATA)." || \
	  echo "Published tables: absent ($(DATA)); the tests that compare with them passed without comparing. Set DISTRETTO_DATA."

test-formats: build test-tools ## An edition opened with GDAL and geopandas
	DISTRETTO=./target/release/distretto $(VENV)/bin/python -m pytest -q -p no:cacheprovider tests

bench: build ## Measure: the search itself, then whole commands
	$(CARGO) bench --locked -p distretto-regions --bench search
	$(CARGO) run --release --locked -p distretto-regions --example growth
	$(CARGO) bench --locked -p distretto-certainty --bench replicates
	$(CARGO) bench --locked -p distretto-study --bench readers
	$(PYTHON) benches/commands.py ./target/release/distretto

lint: ## Format, clippy, documentation
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps

docs: ## Renew generated documentation
	DISTRETTO_BLESS=1 $(CARGO) test --locked -p distretto-study --test docs --test docs_edition
	DISTRETTO_BLESS=1 $(CARGO) test --locked -p distretto --test docs --test guide

.PHONY: help build demo test test-tools test-rust test-formats bench lint docs
