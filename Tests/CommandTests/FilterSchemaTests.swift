import Documents
import EMGFilters
import Foundation
import TestSupport
import Testing

/// What the schema of pipelines takes, the program takes, and the other way round.
@Suite("The schema of pipelines")
struct FilterSchemaTests {
    /// One of each stage and setting with every member.
    private static let valid = [
        "stages: [band_pass]", "stages: [{band_pass: {low_hz: 10, high_hz: 400, order: 2}}]",
        "stages: [{band_pass: null}]", "stages: [{high_pass: {cutoff_hz: 20, order: 64}}]",
        "stages: [{low_pass: {cutoff_hz: 6}}]",
        "stages: [{band_stop: {low_hz: 45, high_hz: 55, order: 3}}]",
        "stages: [{notch: {mains_hz: 50, q: 35, harmonics: 3}}]",
        "stages: [{notch: {mains_hz: 60, width_hz: 2}}]",
        "stages: [{comb: {fundamental_hz: 50, q: 20}}]",
        "stages: [{fir: {low_hz: 20, high_hz: 200, stop: true, length: 101, window: hann}}]",
        "stages: [{fir: {rule: windowed_sinc, high_hz: 9, length: 3, window: kaiser, beta: 4}}]",
        "stages: [{fir: {rule: mne, low_hz: 20, window: blackman}}]",
        "stages: [{fir: {rule: mne_notch, mains_hz: 50, harmonics: 2}}]",
        "stages: [rectify, envelope]", "stages: [{rectify: {}}, {envelope: {cutoff_hz: 3}}]",
        "stages: [{spectrum_interpolation: {mains_hz: 50, width_hz: 3, harmonics: 4}}]",
        "stages: [detrend, {detrend: {kind: linear}}, {clip: {low: -1, high: 1}}]",
        "stages: [moving_rms, {moving_arv: {window_s: 0.2}}, hilbert, teager_kaiser]",
        "stages: [{normalize: {method: z_score}}, {normalize: {method: min_max}}]",
        "stages: [{normalize: {method: percentile}}]",
        "stages: [{normalize: {method: percentile, percentile: 95}}]",
        "stages: [{normalize: {method: mvc, values: [1, 2.5]}}]",
        "stages: [{normalize: {method: mvc, recording: s1/mvc, percentile: 95}}]",
        "stages: [{normalize: {method: mvc, recording: mvc}}]",
        "stages: [{resample: {rate_hz: 1000}}]", "stages: [{resample: {up: 1, down: 2}}]",
        "stages: [{resample: {down: 4}}]",
        "phase: causal\nengine: spectral\nedges: constant\nprecision: double\nstages: [rectify]",
        "phase: linear\naccept_envelope: true\nprecision: single\nstages: [rectify]",
        "phase: zero\nengine: recursive\nedges: scipy\nstages: [rectify]",
        "edges: none\nstages: [rectify]", "edges: odd_reflection\nstages: [rectify]",
        "preset: pyemgpipeline", "preset: biosppy", "preset: neurokit2", "preset: emgflow",
        "preset: libemg",
    ]

    private static let invalid = [
        "{}", "stages: []", "stages: [notch]", "stages: [hum]", "stages: rectify",
        "stages: [{rectify: {}, envelope: {}}]", "stages: [{rectify: {order: 2}}]",
        "stages: [{band_pass: {low: 10}}]", "stages: [{band_pass: {low_hz: 0}}]",
        "stages: [{band_pass: {order: 65}}]", "stages: [{band_pass: {order: 2.5}}]",
        "stages: [{low_pass: {order: 2}}]", "stages: [{low_pass: {cutoff_hz: '6'}}]",
        "stages: [{band_stop: {low_hz: 3}}]", "stages: [{notch: {q: 30}}]",
        "stages: [{notch: {mains_hz: 50, q: 30, width_hz: 2}}]",
        "stages: [{notch: {mains_hz: 50, harmonics: 0}}]", "stages: [{comb: {q: 30}}]",
        "stages: [{fir: {low_hz: 20}}]", "stages: [{fir: {length: 11}}]",
        "stages: [{fir: {rule: mne, low_hz: 20, length: 11}}]",
        "stages: [{fir: {rule: mne_notch, low_hz: 20}}]",
        "stages: [{fir: {rule: mne_notch, mains_hz: 50, window: hann}}]",
        "stages: [{fir: {rule: remez, low_hz: 20, length: 11}}]",
        "stages: [{spectrum_interpolation: {width_hz: 3}}]",
        "stages: [{detrend: {kind: quadratic}}]", "stages: [{clip: {low: 1}}]",
        "stages: [{moving_rms: {window_s: 0}}]", "stages: [{normalize: {}}]", "stages: [normalize]",
        "stages: [{normalize: {method: mvc}}]",
        "stages: [{normalize: {method: mvc, values: []}}]",
        "stages: [{normalize: {method: mvc, values: [1], recording: mvc}}]",
        "stages: [{normalize: {method: mvc, values: [0]}}]",
        "stages: [{normalize: {method: z_score, percentile: 95}}]",
        "stages: [{normalize: {method: percentile, percentile: 101}}]",
        "stages: [{normalize: {method: percentile, recording: mvc}}]",
        "stages: [{resample: {}}]", "stages: [{resample: {rate_hz: 100, up: 2}}]",
        "stages: [{resample: {up: 0, down: 1}}]", "preset: mne", "preset: libemg\nphase: zero",
        "preset: libemg\nstages: [rectify]", "phase: half\nstages: [rectify]",
        "edges: scipy\nengine: spectral\nstages: [rectify]",
        "precision: single\nengine: recursive\nstages: [rectify]",
        "precision: single\nedges: scipy\nstages: [rectify]", "stages: [rectify]\nmore: 1",
    ]

    private func isTaken(_ text: String) throws -> Bool {
        let document = try Document(yaml: text.utf8, name: "p.yaml")
        do throws(DocumentError) {
            _ = try ConditioningPipeline(document.cursor)
            return true
        } catch {
            return false
        }
    }

    @Test("the program takes what is right and nothing else")
    func program() throws {
        for text in Self.valid { #expect(try isTaken(text), "\(text)") }
        for text in Self.invalid { #expect(try !isTaken(text), "\(text)") }
    }

    @Test(
        "the schema takes the same",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func schema() throws {
        let texts = Self.valid + Self.invalid
        let answers = try JSONSchemaCheck.fits(
            texts.map { try Document(yaml: $0.utf8, name: "p.yaml").root.json() },
            schema: "pipeline.schema.json")
        for (text, answer) in zip(texts, answers) {
            #expect(answer == Self.valid.contains(text), "\(text)")
        }
    }

    @Test("every stage and preset of the program is in the schema")
    func complete() throws {
        let url = SharedMaterial.packageFolder.appending(path: "schemas/pipeline.schema.json")
        let schema = try String(contentsOf: url, encoding: .utf8)
        for preset in ConditioningPreset.allCases { #expect(schema.contains("\"\(preset.name)\"")) }
        // The proposal for a wrong stage lists all there are.
        let stages = try Document(yaml: "stages: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]".utf8, name: "p")
        let error = #expect(throws: DocumentError.self) {
            try ConditioningPipeline(stages.cursor)
        }
        let text = try #require(error).description
        for stage in [
            "band_pass", "fir", "comb", "spectrum_interpolation", "normalize", "resample",
        ] {
            #expect(text.contains(stage), "\(text)")
            #expect(schema.contains("\"\(stage)\": {"))
        }
    }
}
