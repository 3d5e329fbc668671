import EMGFilters
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Rates of any ratio")
struct RateRatioTests {
    /// Printed and measured rates of devices, and the fractions that `fractions.Fraction` finds
    /// with `limit_denominator` for the true ones (52000/27, 62500/61, 75000/79 … Hz).
    @Test(
        "printed rates become round ones by the ratio of the device's own clock",
        arguments: [
            (1024.5902, 1000.0, 122, 125), (1259.2593, 1000, 27, 34), (1925.926, 1000, 27, 52),
            (1925.925925925926, 1000, 27, 52), (2148.1481, 1000, 27, 58), (949.367, 1000, 79, 75),
            (1259.2593, 2000, 27, 17), (1925.926, 2000, 27, 26), (2148.1481, 500, 27, 116),
            (2000, 800, 2, 5), (2000, 333, 333, 2000), (4000, 3999, 3999, 4000),
            (1000, 1000.0000001, 1, 1),
        ])
    func printedRates(from: Double, to: Double, up: Int, down: Int) throws {
        let rate = try SamplingRate(hertz: from)
        let change = try Resampler.ratio(from: rate, to: SamplingRate(hertz: to))
        #expect((change.up, change.down) == (up, down))
        #expect(abs(change.deviation(from: rate)) <= RateRatio.tolerance)
    }

    @Test("the fraction is the one of the smallest numbers in the interval", arguments: 1...40)
    func smallest(seed: Int) throws {
        let ratio = 0.01 * pow(1.29, Double(seed)) + 1e-7 * Double(seed)
        let (low, high) = (ratio * (1 - 1e-4), ratio * (1 + 1e-4))
        let (up, down) = try #require(RateRatio.simplest(from: low, to: high))
        let found = Double(up) / Double(down)
        #expect(low <= found && found <= high)
        for smaller in 1..<down {
            // No whole number over a smaller one lies in the interval.
            #expect((low * Double(smaller)).rounded(.up) > high * Double(smaller))
        }
    }

    @Test("rates too far apart are refused with the rates that are not")
    func tooFar() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let target = try SamplingRate(hertz: 1e-3)
        let error = #expect(throws: FilterError.self) {
            try Resampler.ratio(from: rate, to: target)
        }
        #expect(error?.description.contains("between 0.02 and 200000000 Hz") == true)
    }

    @Test(
        "a sine of an odd rate keeps its times, and the history says how",
        arguments: [(1925.926, 1000.0), (1259.2593, 500), (949.367, 2000)])
    func sines(from: Double, to: Double) throws {
        let count = Int(2 * from)
        let identity = try RecordingIdentity(patient: "p", session: "s", condition: "c")
        let recording = try Recording(
            RecordingDescription(
                identity: identity, channels: [Channel(name: "a", unit: "uV")],
                samplingRate: SamplingRate(hertz: from),
                source: SourceFile(name: "x", sha256: String(repeating: "0", count: 64))),
            samples: SampleMatrix(
                values: (0..<count).map { Float(sin(2 * .pi * 37 * Double($0) / from)) },
                channelCount: 1))
        let chain = try ConditioningPipeline(stages: [.resample(.rate(to))])
            .design(for: recording)
        let found = try chain.apply(to: recording)
        #expect(found.samplingRate.hertz == to)
        for index in found.sampleCount / 4..<found.sampleCount / 2 {
            let expected = sin(2 * .pi * 37 * Double(index) / to)
            #expect(abs(Double(found.samples[index, 0]) - expected) <= 3e-3)
        }
        let step = try #require(found.history.last)
        guard case .number(let exact) = step.parameters["exact_hz"],
            case .number(let deviation) = step.parameters["deviation"]
        else {
            Issue.record("no exact rate: \(step)")
            return
        }
        #expect(step.parameters["to_hz"] == .number(to))
        #expect(abs(exact / to - 1 - deviation) <= 1e-12 && abs(deviation) <= 1e-6)
    }

    @Test(
        "samples are those of scipy's resample_poly", .enabled(if: Python.has(module: "scipy")),
        arguments: [(1925.926, 1000.0), (1024.5902, 1000), (949.367, 500)])
    func scipy(from: Double, to: Double) throws {
        let count = 800
        let input = (0..<count).map { sin(0.3 * Double($0)) + 0.2 * cos(1.7 * Double($0)) }
        let change = try Resampler.ratio(
            from: SamplingRate(hertz: from), to: SamplingRate(hertz: to))
        let found = change.apply(input, edges: .none)
        let result = try Python.run(
            """
            import sys
            import numpy as np
            from scipy.signal import resample_poly
            count, up, down = map(int, sys.argv[1:])
            i = np.arange(count)
            y = resample_poly(np.sin(0.3 * i) + 0.2 * np.cos(1.7 * i), up, down)
            print("\\n".join(repr(float(v)) for v in y))
            """, arguments: ["\(count)", "\(change.up)", "\(change.down)"])
        let expected = result.output.split(separator: "\n").compactMap { Double($0) }
        #expect(expected.count == found.count)
        let peak = expected.map(abs).max() ?? 0
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-11 * peak })
    }
}
