# Two commands do everything on a fresh machine: `make serve` and `make test`.
# What they need is found or installed by scripts/tools.sh, once.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
PORT ?= 8080
TOOLS := . scripts/tools.sh
# What the page is made of: it is built again only when one of these is newer.
PAGE := $(shell find src style public lessons data .cargo index.html Trunk.toml Cargo.toml Cargo.lock scripts/finish.mjs scripts/files.mjs scripts/html.mjs scripts/licenses.mjs scripts/split.mjs scripts/loader.mjs scripts/optimise.mjs -type f)

.PHONY: help serve dev build test test-native test-page lessons-long docs observed size bench screenshots lint clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

serve: build ## build the page and serve it on 127.0.0.1:$(PORT)
	@node scripts/serve.mjs dist $(PORT)

dev: ## the same, rebuilt and reloaded at each change
	@$(TOOLS); need build
	with_wasm trunk serve --dist target/dev --address 127.0.0.1 --port $(PORT)

build: dist/index.html ## build the page into dist/, ready for any static host and any path

dist/index.html: $(PAGE)
	@$(TOOLS); need build
	say "building the page"
	with_wasm trunk build --release --cargo-profile web
	say "building the lessons"
	cargo run --quiet -- lessons build dist/lessons
	touch dist/index.html

test: lint test-native build test-page size ## every test: lints, native, in the browser, and the size budget
	@echo "all tests passed"

test-native: ## tests of engine, decoders, story and lessons, and against OpenSSL and tshark
	@$(TOOLS); need native; need_oracles
	say "testing natively"
	if have cargo-nextest; then
		cargo nextest run --no-fail-fast --status-level slow --final-status-level fail
		cargo test --quiet --doc
	else
		cargo test --quiet
	fi

test-page: ## tests of the built page in a real browser
	@$(TOOLS); need_browser
	say "testing the page in Chromium"
	node --test --test-concurrency=$$(nproc) tests/e2e/*.test.mjs

lessons-long: ## check every value and answer of the lessons with 1,000 seeds, which takes long
	@$(TOOLS); need native
	say "checking the lessons with 1,000 seeds"
	cargo run --release --quiet -- lessons check lessons --seeds 1000

docs: ## write docs/presets.md from a run of each preset, docs/keys.md and docs/faults.md from their tables, docs/programs.md from data/observed.json, docs/diagnose.md from the tables of mysteries, docs/coverage.md from lessons/coverage.toml, docs/agreement.md from what other programs say of certificates
	@UPDATE_DOCS=1 cargo test --quiet --test docs --test agreement

observed: ## write data/observed.json: what each program that is installed says about each fault that can be served; of others, what they said before
	@$(TOOLS); need native
	UPDATE_OBSERVED=1 cargo test --quiet --test serve observed

size: ## what the first load transfers, against its budget
	@$(TOOLS); need_optimisers
	node scripts/size.mjs dist

bench: build ## time runs natively and in the browser, the first load as a phone has it, and the page's answer to keys
	@$(TOOLS); need test; need_lighthouse
	say "natively"
	cargo bench --quiet --bench runs
	say "in Chromium"
	with_wasm cargo build --quiet --profile web --target wasm32-unknown-unknown --no-default-features --features bench-web --bin handshake-lab-bench
	wasm-bindgen --target web --no-typescript --out-dir target/bench-web target/wasm/wasm32-unknown-unknown/web/handshake-lab-bench.wasm
	wasm-opt -Oz $$WASM_FEATURES target/bench-web/handshake-lab-bench_bg.wasm -o target/bench-web/handshake-lab-bench_bg.wasm
	node benches/browser/run.mjs target/bench-web
	say "the first load"
	node scripts/lighthouse.mjs dist
	say "the page"
	node scripts/interaction.mjs

screenshots: build ## the pictures of the README, from the built page
	@$(TOOLS); need_browser
	node scripts/screenshots.mjs

lint: ## format and lint
	@$(TOOLS); need lint
	say "linting"
	# By name: cargo fmt does not see modules that a macro declares.
	rustfmt --check --edition 2024 $$(git ls-files '*.rs')
	cargo clippy --quiet --all-targets --features ui -- -D warnings

clean: ## remove what was built here (the tools' cache stays)
	rm -rf target dist
