import Documents
import EMGFilters
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Conditioning pipelines")
struct ConditioningPipelineTests {
    private func rate(_ hertz: Double) throws -> SamplingRate { try SamplingRate(hertz: hertz) }

    // MARK: Rates

    @Test(
        "a stated cut-off at or above Nyquist of the effective rate is refused",
        arguments: [
            .bandPass(low: 20, high: 450), .lowPass(cutoff: 25),
            .highPass(cutoff: 40), .bandStop(low: 10, high: 25), .notch(mains: 50),
            .envelope(cutoff: 30), .bandPass(low: 30),
        ] as [any PipelineStage])
    func cutoffAboveNyquist(stage: any PipelineStage) throws {
        let error = #expect(throws: FilterError.self) {
            try ConditioningPipeline(stages: [.lowPass(cutoff: 5), stage])
                .resolve(samplingRate: rate(100), effectiveRate: rate(50))
        }
        guard case .cutoffNotBelowNyquist(_, 25, 50, 100)? = error?.kind else {
            Issue.record("another fault: \(String(describing: error))")
            return
        }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("stages[1] \(stage.key): a cut-off of "))
        #expect(text.contains("declared at 100 Hz, change only 50 times a second"))
        #expect(text.contains("\n  hint: choose a cut-off below 25 Hz"))
    }

    @Test("only an upper cut-off that nobody stated is lowered, with a warning")
    func loweredCutoff() throws {
        let chain = try ConditioningPipeline(stages: [.bandPass()])
            .resolve(samplingRate: rate(200))
        #expect(chain.stages[0].designs[0].shape == .bandPass(low: 20, high: 90))
        #expect(chain.warnings.count == 1)
        #expect(chain.warnings[0].contains("450 Hz when not stated, is lowered to 90 Hz"))
        let wide = try ConditioningPipeline(stages: [.bandPass()])
            .resolve(samplingRate: rate(2_000))
        #expect(wide.stages[0].designs[0].shape == .bandPass(low: 20, high: 450))
        #expect(wide.warnings.isEmpty)
        let held = try ConditioningPipeline(stages: [.bandPass()])
            .resolve(samplingRate: rate(2_000), effectiveRate: rate(500))
        #expect(held.stages[0].designs[0].shape == .bandPass(low: 20, high: 225))
        #expect(held.stages[0].designs[0].samplingRate.hertz == 2_000)
    }

    @Test("a band that the lowered cut-off turns round is refused")
    func emptyBand() throws {
        let error = #expect(throws: FilterError.self) {
            try ConditioningPipeline(stages: [.bandPass(low: 24)])
                .resolve(samplingRate: rate(50))
        }
        #expect(error?.kind == .cutoffsOutOfOrder(low: 24, high: 22.5))
    }

    @Test("harmonics that reach Nyquist are left out and said")
    func harmonics() throws {
        let chain = try ConditioningPipeline(stages: [.notch(mains: 50, harmonics: 4)])
            .resolve(samplingRate: rate(200))
        #expect(chain.stages[0].designs.map(\.shape.statedCutoffs) == [[50]])
        #expect(chain.warnings.count == 1)
        #expect(chain.warnings[0].contains("harmonics from 100 Hz on are left out"))
        let all = try ConditioningPipeline(stages: [.notch(mains: 60, harmonics: 4)])
            .resolve(samplingRate: rate(2_000))
        #expect(all.stages[0].designs.map(\.shape.statedCutoffs) == [[60], [120], [180], [240]])
        #expect(all.warnings.isEmpty)
        let many = try ConditioningPipeline(stages: [.notch(mains: 50, harmonics: .max)])
            .resolve(samplingRate: rate(1_000))
        #expect(many.stages[0].designs.count == 9)
        #expect(throws: FilterError.self) {
            try ConditioningPipeline(stages: [.notch(mains: 50, harmonics: 0)])
                .resolve(samplingRate: rate(1_000))
        }
        for mains in [0, -50, Double.nan] {
            #expect(throws: FilterError.self) {
                try ConditioningPipeline(stages: [.notch(mains: mains)])
                    .resolve(samplingRate: rate(1_000))
            }
        }
    }

    // MARK: Envelopes

    @Test(
        "a recording that is never negative is refused where a swing is expected",
        arguments: [
            .bandPass(low: 20, high: 450), .highPass(cutoff: 20), .rectify,
            .envelope(),
        ] as [any PipelineStage])
    func alreadyEnvelope(stage: any PipelineStage) throws {
        let recording = try Recordings.noise(samples: 400, offset: 150)
        let stages = [.lowPass(cutoff: 300), stage]
        let error = #expect(throws: FilterError.self) {
            try ConditioningPipeline(stages: stages).design(for: recording)
        }
        guard case .alreadyEnvelope(let lowest)? = error?.kind else {
            Issue.record("another fault: \(String(describing: error))")
            return
        }
        #expect(lowest >= 50)
        #expect(error?.location == "p1/s1/c1: stages[1] \(stage.key)")
        #expect(error?.description.contains("accept_envelope: true") == true)
        let chain = try ConditioningPipeline(stages: stages).resolve(samplingRate: rate(2_000))
        #expect(throws: FilterError.self) { try chain.apply(to: recording) }
        let accepting = ConditioningPipeline(stages: stages, acceptsEnvelope: true)
        #expect(try accepting.design(for: recording).apply(to: recording).sampleCount == 400)
    }

    @Test("an envelope may be smoothed, and one negative sample makes a signal")
    func notAnEnvelope() throws {
        let smooth = ConditioningPipeline(stages: [.lowPass(cutoff: 6), .notch(mains: 50)])
        let envelope = try Recordings.noise(samples: 400, offset: 150)
        #expect(try smooth.design(for: envelope).apply(to: envelope).sampleCount == 400)
        var signal = envelope
        signal.samples[399, 1] = -0.5
        let pipeline = ConditioningPipeline(stages: [.highPass(cutoff: 20)])
        #expect(try pipeline.design(for: signal).apply(to: signal).sampleCount == 400)
        var silence = envelope
        for index in silence.samples.values.indices { silence.samples.values[index] = 0 }
        #expect(try pipeline.design(for: silence).apply(to: silence).sampleCount == 400)
    }

    @Test("segments within the settling time are warned of")
    func shortSegments() throws {
        let recording = try Recordings.noise(samples: 300)
        let chain = try ConditioningPipeline(stages: [.notch(mains: 50)]).design(for: recording)
        #expect(chain.warnings.count == 1)
        #expect(chain.warnings[0].contains("p1/s1/c1: 1 of 1 segment has"))
        let long = try Recordings.noise(samples: 30_000)
        #expect(
            try ConditioningPipeline(stages: [.notch(mains: 50)]).design(for: long).warnings
                .isEmpty)
    }

    @Test("filters of another recording are taken over, its warnings are not")
    func reused() throws {
        let pipeline = ConditioningPipeline(stages: [.bandPass(), .notch(mains: 50)])
        let short = try Recordings.noise(samples: 300, rate: 500)
        let long = try Recordings.noise(samples: 20_000, rate: 500)
        let first = try pipeline.design(for: short)
        #expect(first.warnings.count == 2)
        let second = try pipeline.design(for: long, reusing: first)
        #expect(second.warnings == Array(first.warnings.prefix(1)))
        #expect(try second.apply(to: long) == pipeline.design(for: long).apply(to: long))
        let faster = try Recordings.noise(samples: 20_000, rate: 2_000)
        let third = try pipeline.design(for: faster, reusing: second)
        #expect(third.samplingRate == faster.samplingRate && third.warnings.isEmpty)
    }

    // MARK: Documents

    private func read(yaml: String) throws -> ConditioningPipeline {
        try ConditioningPipeline(Document(yaml: yaml.utf8, name: "pipeline.yaml").cursor)
    }

    @Test("a document says what code says")
    func document() throws {
        let pipeline = try read(
            yaml: """
                phase: causal
                accept_envelope: true
                stages:
                  - band_pass: {low_hz: 20, high_hz: 450, order: 4}
                  - high_pass: {cutoff_hz: 15}
                  - band_stop: {low_hz: 45, high_hz: 55, order: 2}
                  - notch: {mains_hz: 50, q: 30, harmonics: 4}
                  - notch: {mains_hz: 60, width_hz: 2.5}
                  - rectify: {}
                  - low_pass: {cutoff_hz: 6, order: 2}
                  - envelope: {cutoff_hz: 8, order: 2}
                """)
        #expect(
            pipeline
                == ConditioningPipeline(
                    phase: .causal,
                    stages: [
                        .bandPass(low: 20, high: 450, order: 4), .highPass(cutoff: 15),
                        .bandStop(low: 45, high: 55, order: 2),
                        .notch(mains: 50, width: .quality(30), harmonics: 4),
                        .notch(mains: 60, width: .bandwidth(2.5)), .rectify,
                        .lowPass(cutoff: 6, order: 2), .envelope(cutoff: 8, order: 2),
                    ], acceptsEnvelope: true))
    }

    @Test("what is left out has a default")
    func defaults() throws {
        let pipeline = try read(
            yaml: """
                stages:
                  - band_pass
                  - rectify:
                  - envelope
                """)
        #expect(
            pipeline
                == ConditioningPipeline(
                    stages: [
                        .bandPass(low: 20, high: nil, order: 4), .rectify,
                        .envelope(cutoff: 6, order: 4),
                    ]))
    }

    static let faults: [(yaml: String, text: String)] = [
        ("stage: []", "p.yaml:1:1: $: unknown member \"stage\"\n  hint: did you mean"),
        ("{}", "\"stages\" is missing"),
        ("stages: []", "expected at least one stage"),
        ("phase: zer\nstages: [rectify]", "expected one of zero, linear, causal"),
        ("stages: [bandpass: {}]", "unknown member \"bandpass\"\n  hint: did you mean"),
        ("stages: [recify]", "expected one of band_pass"),
        ("stages: [{rectify: {}, notch: {}}]", "expected one stage, found 2 in one element"),
        ("preset: libemgg", "expected one of pyemgpipeline"),
        ("preset: libemg\nphase: zero", "expected nothing beside preset"),
        (
            "edges: scipy\nengine: spectral\nstages: [rectify]",
            "p.yaml:1:8: $.edges: expected a continuation that the spectral engine has"
        ),
        (
            "precision: single\nengine: recursive\nstages: [rectify]",
            "expected double with the recursive engine"
        ),
        ("stages: [{fir: {low_hz: 20, length: 100}}]", "expected an odd number of samples"),
        ("stages: [{fir: {length: 101}}]", "expected low_hz, high_hz or both"),
        ("stages: [{fir: {rule: mne, low_hz: 20, length: 101}}]", "expected members of this rule"),
        ("stages: [{fir: {low_hz: 20, length: 101, beta: 3}}]", "window: kaiser beside beta"),
        ("stages: [{clip: {low: 3, high: 2}}]", "expected a number above low, 3, found 2"),
        ("stages: [{normalize: {method: mvc}}]", "values or recording beside method: mvc"),
        ("stages: [{normalize: {method: z_score, values: [1]}}]", "members of this rule"),
        ("stages: [{resample: {}}]", "expected rate_hz, or up and down"),
        ("stages: [{resample: {rate_hz: 200, up: 2}}]", "leave up out"),
        ("stages: [{moving_rms: {window_s: 0}}]", "expected a time above 0 s"),
        ("stages: [{}]", "expected one stage, found 0 in one element"),
        ("stages: [notch]", "\"mains_hz\" is missing"),
        ("stages: [low_pass: {}]", "\"cutoff_hz\" is missing"),
        ("stages: [low_pass: {cutof_hz: 6}]", "$.stages[0].low_pass: unknown member \"cutof_hz\""),
        ("stages: [low_pass: {cutoff_hz: -6}]", "expected a frequency above 0 Hz, found -6"),
        ("stages: [low_pass: {cutoff_hz: six}]", "expected a frequency above 0 Hz, found \"six\""),
        (
            "stages: [low_pass: {cutoff_hz: 6, order: 2.5}]",
            "expected a whole number from 1 to 64, found 2.5"
        ),
        (
            "stages: [low_pass: {cutoff_hz: 6, order: 0}]",
            "expected a whole number from 1 to 64, found 0"
        ),
        (
            "stages: [band_pass: {low_hz: 450, high_hz: 20}]",
            "$.stages[0].band_pass.high_hz: expected a frequency above low_hz, 450, found 20"
        ),
        (
            "stages: [notch: {mains_hz: 50, q: 30, width_hz: 2}]",
            "expected either q or width_hz, found both"
        ),
        (
            "stages: [notch: {mains_hz: 50, harmonics: 0}]",
            "expected a whole number from 1 to 10000, found 0"
        ),
        ("stages: [notch: {mains_hz: 50, q: 0}]", "expected a number above 0, found 0"),
        ("stages: [rectify: {order: 2}]", "unknown member \"order\""),
        ("stages: [rectify: 3]", "expected an object"),
    ]

    @Test("a fault in a document is said with its place", arguments: faults)
    func documentFault(yaml: String, text: String) throws {
        let error = #expect(throws: DocumentError.self) {
            try ConditioningPipeline(Document(yaml: yaml.utf8, name: "p.yaml").cursor)
        }
        let description = error?.description ?? ""
        #expect(description.hasPrefix("p.yaml:"))
        #expect(description.contains(text), "found: \(description)")
    }
}
