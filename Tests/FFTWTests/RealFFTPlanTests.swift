import FFTW
import SeededRandom
import Testing

@Suite("Real transforms")
struct RealFFTPlanTests {
    /// A transform on a workspace whose buffers hold rubbish from before.
    private func spectrum(
        of signal: [Double], plan: RealFFTPlan, workspace: inout RealFFTPlan.Workspace
    ) -> [(Double, Double)] {
        workspace.withSpectrum { spectrum in
            for index in spectrum.indices { spectrum[index] = .nan }
        }
        workspace.withSignal { buffer in
            for index in buffer.indices { buffer[index] = signal[index] }
        }
        plan.forward(&workspace)
        return workspace.withSpectrum { spectrum in
            (0..<plan.binCount).map { (spectrum[2 * $0], spectrum[2 * $0 + 1]) }
        }
    }

    private func noise(count: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in generator.uniform() * 2 - 1 }
    }

    private func norm(_ signal: [Double]) -> Double {
        signal.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    @Test("every length from 1 to 300 agrees with the definition", arguments: 1...300)
    func agreesWithDefinition(length: Int) {
        let plan = RealFFTPlan(length: length)
        var workspace = plan.makeWorkspace()
        for seed in UInt64(0)..<2 {
            let signal = noise(count: length, seed: seed)
            let found = spectrum(of: signal, plan: plan, workspace: &workspace)
            let expected = NaiveDFT.forward(signal.map { ($0, 0) })
            let bound = NaiveDFT.bound(length: length, norm: norm(signal))
            #expect(found.count == length / 2 + 1)
            for (bin, value) in found.enumerated() {
                #expect(abs(value.0 - expected[bin].0) <= bound)
                #expect(abs(value.1 - expected[bin].1) <= bound)
            }
        }
    }

    @Test(
        "the inverse gives the signal back, times the length",
        arguments: [1, 2, 3, 4, 5, 7, 16, 97, 128, 300, 1_000, 1_009, 4_096, 40_000, 65_536])
    func inverseReturns(length: Int) {
        let plan = RealFFTPlan(length: length)
        var workspace = plan.makeWorkspace()
        let signal = noise(count: length, seed: 7)
        _ = spectrum(of: signal, plan: plan, workspace: &workspace)
        workspace.withSignal { buffer in
            for index in buffer.indices { buffer[index] = .nan }
        }
        plan.inverse(&workspace)
        let bound = NaiveDFT.bound(length: length, norm: norm(signal))
        workspace.withSignal { buffer in
            for index in buffer.indices {
                #expect(abs(buffer[index] / Double(length) - signal[index]) <= bound)
            }
        }
    }

    @Test("signal and spectrum hold the same energy", arguments: [1, 2, 9, 64, 210, 8_191, 65_536])
    func keepsEnergy(length: Int) {
        let plan = RealFFTPlan(length: length)
        var workspace = plan.makeWorkspace()
        let signal = noise(count: length, seed: 3)
        let bins = spectrum(of: signal, plan: plan, workspace: &workspace)
        let energy = bins.enumerated().reduce(0.0) { sum, bin in
            let isAlone = bin.offset == 0 || 2 * bin.offset == length
            let power = bin.element.0 * bin.element.0 + bin.element.1 * bin.element.1
            return sum + (isAlone ? power : 2 * power)
        }
        let expected = signal.reduce(0) { $0 + $1 * $1 } * Double(length)
        #expect(abs(energy - expected) <= 1e-13 * expected)
    }

    @Test("one plan serves a hundred transforms at once")
    func servesManyThreads() async {
        let length = 1_536
        let plan = RealFFTPlan(length: length)
        let found = await withTaskGroup(of: (Int, [Double]).self) { group in
            for index in 0..<100 {
                group.addTask {
                    var workspace = plan.makeWorkspace()
                    let signal = noise(count: length, seed: UInt64(index))
                    let bins = spectrum(of: signal, plan: plan, workspace: &workspace)
                    return (index, bins.flatMap { [$0.0, $0.1] })
                }
            }
            var results: [Int: [Double]] = [:]
            for await (index, bins) in group { results[index] = bins }
            return results
        }
        var workspace = plan.makeWorkspace()
        for index in 0..<100 {
            let signal = noise(count: length, seed: UInt64(index))
            let alone = spectrum(of: signal, plan: plan, workspace: &workspace)
            #expect(found[index] == alone.flatMap { [$0.0, $0.1] })
        }
    }

    @Test("plans may be made and dropped on many threads at once")
    func plansOnManyThreads() async {
        await withTaskGroup(of: Int.self) { group in
            for index in 0..<200 {
                group.addTask { RealFFTPlan(length: 16 + index % 40).binCount }
            }
            var count = 0
            for await bins in group {
                #expect(bins >= 9)
                count += 1
            }
            #expect(count == 200)
        }
    }

    @Test("two plans of one length give the same bits")
    func isReproducible() {
        let signal = noise(count: 6_000, seed: 11)
        let first = RealFFTPlan(length: 6_000)
        let second = RealFFTPlan(length: 6_000)
        var one = first.makeWorkspace()
        var other = second.makeWorkspace()
        let left = spectrum(of: signal, plan: first, workspace: &one)
        let right = spectrum(of: signal, plan: second, workspace: &other)
        #expect(left.map(\.0) == right.map(\.0))
        #expect(left.map(\.1) == right.map(\.1))
    }

    @Test("a workspace of another length stops the program")
    func refusesForeignWorkspace() async {
        await #expect(processExitsWith: .failure) {
            let plan = RealFFTPlan(length: 8)
            var workspace = RealFFTPlan(length: 9).makeWorkspace()
            plan.forward(&workspace)
        }
    }

    @Test("a transform of nothing stops the program")
    func refusesLengthZero() async {
        await #expect(processExitsWith: .failure) { _ = RealFFTPlan(length: 0) }
    }
}
