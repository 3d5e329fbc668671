import Documents
import EMGFilters
import EMGSignal
import Foundation
import Testing

/// The numbers in `Golden/scipy.json`; `Golden/HOW-MADE.md` says how they were made.
struct SciPyGolden {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let engine: String
        let rate: SamplingRate
        let count: Int
        let channels: Int
        let stages: DocumentCursor
        let peak: Double
        let samples: [Int]
        let values: [[Double]]

        var testDescription: String { "\(name), \(engine)" }

        var input: [Double] {
            SyntheticSignal.rows(count: count, channels: channels, rate: Int(rate.hertz))
        }

        func chain(
            phase: ConditioningPipeline.Phase
        ) throws -> ConditioningChain {
            try SciPyGolden.pipeline(stages, phase: phase).resolve(samplingRate: rate)
        }

        /// The largest difference from the golden values among the samples in `range`.
        func worst(of found: [Double], in range: Range<Int>) -> Double {
            var worst = 0.0
            for (sample, expected) in zip(samples, values) where range.contains(sample) {
                for channel in 0..<channels {
                    worst = max(worst, abs(found[sample * channels + channel] - expected[channel]))
                }
            }
            return worst
        }
    }

    struct Spectrum: Sendable {
        let rate: SamplingRate
        let count: Int
        let segment: Int
        let frequencies: [Double]
        let density: [Double]
    }

    struct HalfPower: CustomTestStringConvertible, Sendable {
        let name: String
        let rate: SamplingRate
        let stages: DocumentCursor
        let passes: Int
        let cutoffs: [Double]

        var testDescription: String { "\(name), \(passes) passes" }
    }

    let cases: [Case]
    let spectra: [Spectrum]
    let halfPower: [HalfPower]

    static func pipeline(
        _ stages: DocumentCursor, phase: ConditioningPipeline.Phase
    ) throws -> ConditioningPipeline {
        let member = DocumentValue.Member(
            key: "stages", position: stages.value.position, value: stages.value)
        let document = Document(
            name: stages.document,
            root: DocumentValue(.object([member]), at: stages.value.position))
        var pipeline = try ConditioningPipeline(document.cursor)
        pipeline.phase = phase
        return pipeline
    }

    init() throws {
        let url = try #require(
            Bundle.module.url(forResource: "scipy", withExtension: "json", subdirectory: "Golden"))
        let root = try Document(contentsOf: url).cursor.object()
        cases = try root.required("cases").array().map { cursor in
            let entry = try cursor.object()
            return Case(
                name: try entry.required("name").string(),
                engine: try entry.required("engine").string(),
                rate: try SamplingRate(hertz: try entry.required("rate_hz").number()),
                count: try entry.required("count").integer(),
                channels: try entry.required("channels").integer(),
                stages: try entry.required("stages"),
                peak: try entry.required("peak").number(),
                samples: try entry.required("samples").array().map { try $0.integer() },
                values: try entry.required("values").array().map { try $0.numbers() })
        }
        spectra = try root.required("welch").array().map { cursor in
            let entry = try cursor.object()
            return Spectrum(
                rate: try SamplingRate(hertz: try entry.required("rate_hz").number()),
                count: try entry.required("count").integer(),
                segment: try entry.required("segment").integer(),
                frequencies: try entry.required("frequencies").numbers(),
                density: try entry.required("density").numbers())
        }
        halfPower = try root.required("half_power").array().map { cursor in
            let entry = try cursor.object()
            return HalfPower(
                name: try entry.required("name").string(),
                rate: try SamplingRate(hertz: try entry.required("rate_hz").number()),
                stages: try entry.required("stages"),
                passes: try entry.required("passes").integer(),
                cutoffs: try entry.required("corners").numbers())
        }
    }

    func cases(engine: String) -> [Case] { cases.filter { $0.engine == engine } }
}

extension DocumentCursor {
    func numbers() throws -> [Double] { try array().map { try $0.number() } }
}

extension ConditioningChain {
    /// How far from an end of a signal, computed once with one continuation and once with
    /// another, results still differ by more than `level` of the peak.
    func reach(level: Double) -> Int {
        stages.flatMap(\.designs).map { $0.settling(level: level, passes: 2) }.reduce(0, +)
    }
}
