import EMGFilters
import EMGSignal
import Testing

@Suite("Notch designs")
struct NotchTests {
    @Test("the center is gone, 0 Hz and Nyquist stay", arguments: [50.0, 60, 0.5, 450, 980])
    func response(center: Double) throws {
        let rate = try SamplingRate(hertz: 2_000)
        for quality in [1.0, 10, 30, 100] {
            let design = try Notch.design(center: center, quality: quality, samplingRate: rate)
            #expect(design.magnitude(atHertz: center) <= 1e-12)
            #expect(abs(design.magnitude(atHertz: 0) - 1) <= 1e-13)
            #expect(abs(design.magnitude(atHertz: 1_000) - 1) <= 1e-13)
            let edges = design.halfPowerCutoffs(passes: 1)
            #expect(edges.count == 2)
            #expect(abs(edges[1] - edges[0] - center / quality) <= 1e-9)
            for edge in edges {
                #expect(abs(design.magnitude(atHertz: edge) - 0.5.squareRoot()) <= 1e-9)
            }
        }
    }

    @Test("a bandwidth and the quality it makes are the same notch")
    func bandwidth() throws {
        let rate = try SamplingRate(hertz: 1_000)
        let wide = try Notch.design(center: 60, bandwidth: 3, samplingRate: rate)
        let narrow = try Notch.design(center: 60, quality: 20, samplingRate: rate)
        #expect(wide.sections == narrow.sections)
    }

    @Test("nonsense is refused by the value that is wrong")
    func refusals() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let atNyquist = #expect(throws: FilterError.self) {
            try Notch.design(center: 1_000, quality: 30, samplingRate: rate)
        }
        #expect(
            atNyquist?.kind
                == .cutoffNotBelowNyquist(
                    cutoff: 1_000, nyquist: 1_000, effectiveRate: 2_000, declaredRate: 2_000))
        let atZero = #expect(throws: FilterError.self) {
            try Notch.design(center: 0, quality: 30, samplingRate: rate)
        }
        #expect(atZero?.description.contains("found 0") == true)
        for quality in [0, -1, Double.infinity] {
            let error = #expect(throws: FilterError.self) {
                try Notch.design(center: 50, quality: quality, samplingRate: rate)
            }
            #expect(
                error?.kind
                    == .unusableParameter(
                        name: "the quality of a notch", expected: "above 0", found: quality))
        }
        let tooWide = #expect(throws: FilterError.self) {
            try Notch.design(center: 400, quality: 0.3, samplingRate: rate)
        }
        #expect(tooWide?.description.contains("the bandwidth of a notch must be") == true)
    }
}
