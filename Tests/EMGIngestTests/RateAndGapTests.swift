import EMGIngest
import Testing

@Suite("Rates and gaps from time stamps")
struct RateAndGapTests {
    /// Rates of devices, and others between them that no list holds.
    private static let rates: [Double] = [
        50, 100, 128, 150, 160, 200, 250, 256, 300, 333, 500, 512, 600, 750, 1_000, 1_024,
        1_111.111, 1_200, 34_000.0 / 27, 1_500, 52_000.0 / 27, 2_000, 2_048, 58_000.0 / 27, 4_000,
        53.7, 71.31, 89.9, 117.3, 148.15, 177.2, 222.7, 271.83, 370.37, 447.1, 613.9, 851.3,
        1_433.7, 2_718.28, 3_141.59,
    ]

    @Test(
        "the rate is right within its error, gaps are where and as long as they are, and no others",
        arguments: rates, [1e-3, 1e-4, 1e-6])
    func found(hertz: Double, resolution: Double) throws {
        for draw in 0..<3 as Range<UInt64> {
            let truth = StampSimulation(
                hertz: hertz, resolution: resolution,
                seed: UInt64(hertz * 8) * 10_000_000 + UInt64(1 / resolution) * 3 + draw)
            let found = TimeLine.fit(truth.times)
            let line = try #require(found.line, "\(truth)")
            let error = abs(line.hertz - hertz)
            #expect(error <= 5 * line.standardErrorHertz, "\(line) of \(truth)")
            #expect(error <= 5e-4 * hertz, "\(line) of \(truth)")
            try #require(found.breaks.count == truth.gaps.count, "\(found.breaks) of \(truth)")
            // Half a step of the resolution can be more than a sample.
            let tolerance = max(1, Int(resolution * hertz / 2))
            for (gap, stated) in zip(truth.gaps, found.breaks) {
                #expect(abs(stated.sample - gap.sample) <= truth.packet, "\(stated) of \(truth)")
                #expect(
                    abs(stated.missingSamples - gap.missing) <= tolerance, "\(stated) of \(truth)")
            }
        }
    }
}
