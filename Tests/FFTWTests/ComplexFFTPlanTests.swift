import FFTW
import SeededRandom
import Testing

@Suite("Complex transforms")
struct ComplexFFTPlanTests {
    private func noise(count: Int, seed: UInt64) -> [(Double, Double)] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in (generator.uniform() * 2 - 1, generator.uniform() * 2 - 1) }
    }

    private func norm(_ signal: [(Double, Double)]) -> Double {
        signal.reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }.squareRoot()
    }

    private func load(
        _ signal: [(Double, Double)], into workspace: inout ComplexFFTPlan<Double>.Workspace
    ) {
        workspace.withSpectrum { spectrum in
            for index in spectrum.indices { spectrum[index] = SIMD2(.nan, .nan) }
        }
        workspace.withSignal { buffer in
            for (index, value) in signal.enumerated() {
                buffer[index] = SIMD2(value.0, value.1)
            }
        }
    }

    @Test("every length from 1 to 300 agrees with the definition", arguments: 1...300)
    func agreesWithDefinition(length: Int) {
        let plan = ComplexFFTPlan<Double>(length: length)
        var workspace = plan.makeWorkspace()
        for seed in UInt64(0)..<2 {
            let signal = noise(count: length, seed: seed)
            load(signal, into: &workspace)
            plan.forward(&workspace)
            let expected = NaiveDFT.forward(signal)
            let bound = NaiveDFT.bound(length: length, norm: norm(signal))
            workspace.withSpectrum { spectrum in
                for bin in 0..<length {
                    #expect(abs(spectrum[bin].x - expected[bin].0) <= bound)
                    #expect(abs(spectrum[bin].y - expected[bin].1) <= bound)
                }
            }
        }
    }

    @Test(
        "the inverse gives the signal back, times the length",
        arguments: [1, 2, 3, 8, 101, 1_024, 40_960, 98_304])
    func inverseReturns(length: Int) {
        let plan = ComplexFFTPlan<Double>(length: length)
        var workspace = plan.makeWorkspace()
        let signal = noise(count: length, seed: 5)
        load(signal, into: &workspace)
        plan.forward(&workspace)
        plan.inverse(&workspace)
        let bound = NaiveDFT.bound(length: length, norm: norm(signal))
        workspace.withSignal { buffer in
            for index in 0..<length {
                #expect(abs(buffer[index].x / Double(length) - signal[index].0) <= bound)
                #expect(abs(buffer[index].y / Double(length) - signal[index].1) <= bound)
            }
        }
    }
}
