import EMGLabeling
import EMGSignal
import Testing

@Suite("How far onsets are from known ones")
struct OnsetComparisonTests {
    private static func rate() throws -> SamplingRate { try SamplingRate(hertz: 100) }

    @Test("the nearest two belong together, the rest is missed or false")
    func matching() throws {
        // 130 is nearer to 140 than to 100, and 100 is left with 90; 500 has nothing near.
        let comparison = OnsetComparison(
            [90, 130, 300], with: [100, 140, 500], rate: try Self.rate())
        #expect(comparison.errors == [-0.1, -0.1])
        #expect(comparison.missed == 1 && comparison.extra == 1 && comparison.knownCount == 3)
        #expect(comparison.share(within: 0.1) == 2.0 / 3)
        #expect(comparison.share(within: 0.05) == 0)
    }

    @Test("one that was found belongs to one known, however near others are")
    func oneToOne() throws {
        let comparison = OnsetComparison([100], with: [90, 105, 110], rate: try Self.rate())
        #expect(comparison.errors == [-0.05] && comparison.missed == 2)
        #expect(OnsetComparison([149], with: [100], rate: try Self.rate()).missed == 0)
        #expect(OnsetComparison([151], with: [100], rate: try Self.rate()).missed == 1)
    }

    @Test("quantiles lie between neighbors, as numpy has them")
    func quantiles() throws {
        // numpy.quantile([-0.02, 0, 0.01, 0.05], [0.1, 0.5, 0.9]) = [-0.014, 0.005, 0.038]
        let comparison = OnsetComparison(
            [98, 200, 301, 405], with: [100, 200, 300, 400], rate: try Self.rate())
        for (share, value) in [(0.1, -0.014), (0.5, 0.005), (0.9, 0.038)] {
            #expect(abs(try #require(comparison.quantile(share)) - value) < 1e-12)
        }
        #expect(OnsetComparison().quantile(0.5) == nil && OnsetComparison().share(within: 1) == nil)
    }

    @Test(
        "what begins or ends with the recording has no onset or offset; segments that touch are one"
    )
    func edges() throws {
        let known = [
            SampleRange(start: 0, end: 50), SampleRange(start: 100, end: 150),
            SampleRange(start: 150, end: 180), SampleRange(start: 300, end: 400),
        ]
        let (onsets, offsets) = OnsetComparison.compare(
            [SampleRange(start: 101, end: 182)], with: known, sampleCount: 400,
            rate: try Self.rate())
        #expect(onsets.errors == [0.01] && onsets.missed == 1)
        #expect(offsets.errors == [0.02] && offsets.missed == 1)
    }
}
