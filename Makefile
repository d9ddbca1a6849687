# The single door to all tasks.
.DEFAULT_GOAL := help
SHELL := /bin/bash
CARGO ?= cargo
OUT ?= demo
PYTHON ?= python3
VENV := target/venv
PAGES := web/dist/index.html
# Property tests and fuzzing draw the same cases everywhere; another seed explores others: make test PROPTEST_RNG_SEED=2
export PROPTEST_RNG_SEED ?= 1
DATA := $(or $(DISTRETTO_DATA),../shared/data)

help: ## What there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## The command with its web pages, ready for use: target/release/distretto
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web; else \
	  echo "Node is not here: built without the web pages, and \`distretto atlas\` will say so."; fi
	$(CARGO) build --release --locked -p distretto

web: $(PAGES) ## The web pages, which the build of the command puts inside it

$(PAGES): web/node_modules/.package-lock.json $(shell find web/src web/public -type f) web/index.html web/vite.config.ts
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --silent --no-audit --no-fund
	@touch $@

demo: build ## Make a country, find its areas and districts and how sure they are, say where to look
	./target/release/distretto world --seed 7 --zones 2000 --tour --out $(OUT)/world
	./target/release/distretto run $(OUT)/world/study.toml --out $(OUT)/edition
	@echo
	./target/release/distretto certainty $(OUT)/world/study.toml --replicates 100 --out $(OUT)/edition
	@echo
	./target/release/distretto tour solve $(OUT)/world/tour --out $(OUT)/plan.json
	./target/release/distretto tour check $(OUT)/world/tour $(OUT)/plan.json
	./target/release/distretto tour book $(OUT)/world/tour $(OUT)/plan.json --out $(OUT)/book
	@echo
	@echo "Open:     ./target/release/distretto atlas serve made=$(OUT)/edition --study $(OUT)/world/study.toml"
	@echo "          and then http://127.0.0.1:8080/ in a browser: the atlas, with a map, a page for every area, live rules"
	@echo "Look at:  $(OUT)/edition/report.html      the report; its chapter \"How sure\" has the map of borders by strength"
	@echo "          $(OUT)/edition/shapes.gpkg      areas, zones and borders, for a GIS"
	@echo "          $(OUT)/edition/districts.csv    every area: what it is, and why in steps.csv"
	@echo "          $(OUT)/book/roadbook.html       the road book of a study tour to its districts, to print"
	@echo "Ask:      ./target/release/distretto tour why $(OUT)/world/tour $(OUT)/plan.json"
	@echo "Ask:      ./target/release/distretto explain Steciosco --study $(OUT)/world/study.toml --edition $(OUT)/edition"

test: test-tools test-web test-rust test-engine test-formats test-browser ## Everything; installs what tests need

test-tools: ## What tests need beyond Rust and Node: GDAL, Chromium, PostgreSQL, and geopandas in a virtual environment
	@command -v ogrinfo >/dev/null && command -v xmllint >/dev/null && command -v chromium >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends gdal-bin libxml2-utils python3-venv chromium postgresql; }
	@test -x $(VENV)/bin/python || { mkdir -p target && $(PYTHON) -m venv $(VENV); }
	@$(VENV)/bin/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt

test-rust: ## Unit, property, oracle and command tests
	DISTRETTO_PYTHON=$(abspath $(VENV)/bin/python) $(CARGO) test --locked --workspace --exclude distretto-engine
	@test -d "$(DATA)" && echo "Published tables: present in $(DATA)." || \
	  echo "Published tables: absent ($(DATA)); the tests that compare with them passed without comparing. Set DISTRETTO_DATA."

# One command and one profile for all of it: DataFusion is built once, in a folder of its own (target/engine), without optimisation. What tests turn on
# changes what is built, so the demonstration builds as the tests do.
ENGINE := --locked --profile engine -p distretto-engine -p distretto --features distretto-engine/cluster,distretto/cluster
test-engine: ## Queries and micro-data, here and on a cluster of three processes on loopback
	$(CARGO) test $(ENGINE) --lib --test tables --test engine

cluster-demo: ## The same study in this process and on a cluster on loopback: the tables are the same, byte for byte
	$(CARGO) test $(ENGINE) --lib --test tables --test engine --no-run
	examples/cluster/demo.sh ./target/engine/distretto $(OUT)/cluster

test-web: web ## Types of the web pages, and their words
	cd web && npm run --silent check && npm run --silent test:unit

# The pages and files of an edition are tested with the command that the Rust tests have built: another build would take longer than they do.
COMMAND := $(abspath target/debug/distretto)
command: web
	$(CARGO) test --locked --quiet --workspace --exclude distretto-engine --no-run

test-browser: command test-tools ## The atlas as a reader uses it, in Chromium
	cd web && DISTRETTO=$(COMMAND) DISTRETTO_PYTHON=$(abspath $(VENV)/bin/python) npm run --silent test:e2e

test-formats: command test-tools ## An edition opened with GDAL and geopandas
	DISTRETTO=$(COMMAND) $(VENV)/bin/python -m pytest -q -p no:cacheprovider tests

SHOTS := target/screenshots
screenshots: build ## Pictures of the main pages, to look at: a made country, and Italy and the USA where their tables are
	./target/release/distretto world --seed 7 --zones 2000 --out $(SHOTS)/world
	./target/release/distretto run $(SHOTS)/world/study.toml --out $(SHOTS)/demo
	./target/release/distretto certainty $(SHOTS)/world/study.toml --replicates 100 --out $(SHOTS)/demo
	@for country in italy-2011 usa; do if [ -d "$(DATA)/$$country" ] || [ -d "$(DATA)/$$country-2020" ]; then \
	  ./target/release/distretto run examples/$$country/study.toml --out $(SHOTS)/$$country && \
	  ./target/release/distretto certainty examples/$$country/study.toml --replicates 100 --out $(SHOTS)/$$country; fi; done
	web/tests/screenshots/run.sh ./target/release/distretto $(SHOTS)/pictures made=$(SHOTS)/demo \
	  $$(for country in italy-2011 usa; do [ -d $(SHOTS)/$$country ] && echo $$country=$(SHOTS)/$$country; done)
	@echo "Look at:  $(SHOTS)/pictures"

bench: build ## Measure: the search itself, then whole commands
	$(CARGO) bench --locked -p distretto-regions --bench search
	$(CARGO) run --release --locked -p distretto-regions --example growth
	$(CARGO) bench --locked -p distretto-certainty --bench replicates
	$(CARGO) bench --locked -p distretto-study --bench readers
	$(PYTHON) benches/commands.py ./target/release/distretto
	$(PYTHON) benches/atlas.py ./target/release/distretto

bench-engine: ## Measure tables from micro-data against DuckDB, Polars and GeoPandas (a release build with the engine: half an hour)
	$(CARGO) build --release --locked -p distretto --features cluster
	$(PYTHON) benches/engine.py ./target/release/distretto

# So that instances of every kind and number of routes are compared: clustered, random and mixed, narrow and wide windows, 48 to 288 sites.
PAIRS := c104:2,c108:4,c203:1,c206:3,r104:3,r109:2,r112:4,r204:1,r207:2,r210:1,rc103:3,rc107:4,rc203:1,rc206:2,pr02:4,pr04:1,pr05:3,pr08:2,pr10:1,pr12:3,pr13:2,pr16:4,pr18:3,pr20:2
SECONDS_EACH ?= 10
bench-tours: ## Measure study tours: how near the best known plans the search comes (all pairs: nearly an hour), and vrp-pragmatic on some
	$(CARGO) run --release --locked -p distretto-orienteering --example toptw_gaps -- $(DATA)/toptw --seconds $(SECONDS_EACH)
	cd benches/vrp && $(CARGO) run --release --locked -- $(abspath $(DATA))/toptw --seconds $(SECONDS_EACH) --pairs $(PAIRS)

lint: ## Format, clippy, documentation
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --exclude distretto-engine --all-targets -- -D warnings
	$(CARGO) clippy $(ENGINE) --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --exclude distretto-engine --no-deps

docs: ## Renew generated documentation
	DISTRETTO_BLESS=1 $(CARGO) test --locked -p distretto-study --test docs --test docs_edition
	DISTRETTO_BLESS=1 $(CARGO) test --locked -p distretto --test docs --test guide

.PHONY: help build command bench-tours web demo cluster-demo test test-tools test-web test-rust test-engine test-formats test-browser screenshots bench bench-engine lint docs
