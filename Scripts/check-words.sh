#!/usr/bin/env bash
# One term a concept, the field's; one spelling, American. Prints each line that has another word,
# and what to write instead; exits with 1 when there is one.
set -euo pipefail
cd "$(dirname "$0")/.."

# A pattern of grep -E (whole words, any case), a tab, what to write instead.
words='(taken|sample|stream)?intakes?	ingest, ingestion
(stream|recording|dataset|mapped|edited)outlines?	metadata
told (right|wrong)|toldrun	predicted
judged?|judges|judging	evaluate, review
stretch(es)?	segment
network frequenc(y|ies)	mains frequency
finite filters?	FIR filter
recursive filters?	IIR filter
untrustededge	edge transient
ring-ins?|ringin	settling time
misfits?	mismatch
fruitless	empty result
designpoints?	fold
reviewdesk|signalshelf|pipelineplace	service, cache, workspace
what is the matter	problem
remarks?	note
sourcescaling	ADC scaling
shall	should
(the )?field.s reference (program|tool|code)	MetaEMG, with its citation
corners_hz|halfpowercorners|low corner|upper corner	cut-off
rooms? of the package	module
(un|re|mis)?labell(ed|ing)	labeled, labeling
[a-z]*behaviours?	behavior
[a-z]*colou(r)s?	color
neighbou(r)[a-z]*	neighbor
artefacts?	artifact
catalogues?	catalog
programmes?	program
(normal|optim|initial|vector|organ|recogn|summar|general|minim|maxim|special|synchron|util|visual|token|serial)is(e|es|ed|er|ers|ing|ation|ations)	-ize
analys(e|es|ed|ing) the	analyze
cent(re)s?	center
grey	gray
modell(ed|ing)	modeled
travell(ed|ing)	traveled
licence	license'

found=0
while IFS=$'\t' read -r pattern instead; do
    # Golden data and licenses are other people's words; the changelog tells what things were called,
    # and so do lines of code that read what earlier versions wrote.
    hits=$(grep -rniwE --include='*.swift' --include='*.md' --include='*.json' --include='*.yaml' \
        --include='*.js' --include='*.html' --include='*.css' --include='*.py' --include='*.sh' \
        --include='*.c' --include='*.h' --exclude-dir=Golden --exclude-dir=.build \
        --exclude=CHANGELOG.md --exclude=check-words.sh -- "$pattern" \
        Sources Tests Snippets Benchmarks Scripts docs schemas sample-data \
        ARCHITECTURE.md CONTRIBUTING.md README.md Package.swift \
        | grep -v '// earlier name' | cut -c1-200 || true)
    [ -z "$hits" ] && continue
    found=1
    printf '%s\n' "$hits" | sed "s|\$|   -> $instead|"
done <<<"$words"
exit $found
