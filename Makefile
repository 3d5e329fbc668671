# Every target does its own set-up; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MYOTASK := .build/release/myotask
# What is built in besides the default, such as TRAITS=ReviewServer,MPI.
TRAITS :=
SWIFT_TRAITS := $(if $(TRAITS),--traits $(TRAITS))

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: setup
setup: ## Install the system libraries that are missing
	@Scripts/setup.sh

.PHONY: build
build: setup ## Build the command myotask
	swift build -c release $(SWIFT_TRAITS) --product myotask

.PHONY: test
test: setup ## Build and pass every test
	@mkdir -p .build
	swift test --disable-xctest -c release 2>&1 | tee .build/test.log
	@grep -Eq 'Test run with [1-9][0-9]* tests' .build/test.log \
	    || { echo "no test was run" >&2; exit 1; }

.PHONY: test-mpi
test-mpi: build ## Train on several ranks and hosts, with kills and a full disk (needs MPI)
	swift build -c release --traits ReviewServer,MPI --scratch-path .build-mpi --product myotask
	@Scripts/mpi-test.sh .build-mpi/release/myotask $(MYOTASK)

.PHONY: demo
demo: build ## Go the whole way on sample-data: recordings, collections, a trained model
	@Scripts/demo.sh $(MYOTASK)

.PHONY: test-cluster
test-cluster: build ## Start a one-node Slurm and pass the test of docs/cluster on it
	@Scripts/cluster-test.sh $(MYOTASK)

.PHONY: bench
bench: build ## Compare with the tools people use today, in one run
	swift build -c release --product myotask-bench
	swift build -c release --product filter-bench
	@Benchmarks/run.sh $(MYOTASK)

.PHONY: bench-memory
bench-memory: build ## Peak memory of converting sources of 5 GB (needs 15 GB of disk)
	@Benchmarks/run.sh $(MYOTASK) memory.py

.PHONY: bench-latency
bench-latency: build ## From a sample to a decision, at the pace of measuring (an hour)
	@Benchmarks/run.sh $(MYOTASK) latency.py

.PHONY: bench-ranks
bench-ranks: setup ## Meta-steps on one and two ranks of MPI, and a model of more (needs MPI)
	swift build -c release --traits ReviewServer,MPI --scratch-path .build-mpi --product myotask
	python3 Benchmarks/ranks.py .build-mpi/release/myotask

.PHONY: bench-archives
bench-archives: setup ## The whole way with 1,000 to 100,000 recordings (an hour, 5 GB of disk)
	swift build -c release --product myotask
	python3 Benchmarks/archive-scale.py .build/release/myotask --sizes 1000,10000,100000

.PHONY: bench-images
bench-images: setup ## Meta-steps over images beside current PyTorch and JAX (4 GB of peers)
	swift build -c release --product myotask-bench
	python3 -m venv Benchmarks/.venv-images
	Benchmarks/.venv-images/bin/pip install --quiet --requirement Benchmarks/requirements-images.txt
	python3 Benchmarks/images.py .build/release/myotask-bench

.PHONY: lint
lint: ## Check the format of the sources, and words and spelling everywhere
	@Scripts/check-words.sh
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

.PHONY: check
check: lint setup ## What a change must pass: format, words, imports, every test
	swift build -c release --explicit-target-dependency-import-check error
	@$(MAKE) --no-print-directory test

.PHONY: clean
clean: ## Remove what was built and what the demo made
	rm -rf .build demo
