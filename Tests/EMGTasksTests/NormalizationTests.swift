import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Testing

@Suite("Normalizing")
struct NormalizationTests {
    private let samples = SampleMatrix(
        values: [1, 10, 2, 10, 3, 10, 6, 10, 900, -5], channelCount: 2)
    private let support = [SampleRange(0..<2), SampleRange(2..<4)]

    @Test("the standard method uses mean and population deviation of the support alone")
    func standard() {
        let normalization = FittedNormalization(fitting: .standard, to: samples, on: support)
        #expect(normalization.offset == [3, 10])
        #expect(abs(normalization.scale[0] - 3.5.squareRoot()) < 1e-15)
        let scaled = normalization.applied(to: samples)
        #expect(scaled[4, 0] == Float((900 - 3.0) / 3.5.squareRoot()))
    }

    @Test("a channel that does not move is centered, never divided by zero")
    func constant() {
        for method in [.standard, .minMax] as [any NormalizationRule] {
            let normalization = FittedNormalization(fitting: method, to: samples, on: support)
            #expect(normalization.scale[1] == 1)
            #expect(normalization.constantChannels == [1])
            let scaled = normalization.applied(to: samples)
            #expect(scaled[0, 1] == 0)
            #expect(scaled.values.allSatisfy { $0.isFinite })
        }
    }

    @Test("the min–max method maps the support onto 0 to 1 and the query where it falls")
    func minMax() {
        let scaled = FittedNormalization(fitting: .minMax, to: samples, on: support)
            .applied(to: samples)
        #expect(scaled[0, 0] == 0)
        #expect(scaled[3, 0] == 1)
        #expect(scaled[4, 0] > 1)
    }

    @Test("what lies outside the support changes nothing")
    func honesty() {
        var changed = samples
        changed[4, 0] = -1e9
        for method in Registry<any NormalizationRule>.standard.entries.map(\.standard) {
            #expect(
                FittedNormalization(fitting: method, to: samples, on: support)
                    == FittedNormalization(fitting: method, to: changed, on: support))
        }
    }

    @Test("a large baseline costs no digits")
    func largeBaseline() {
        let values = (0..<1_000).map { Float(8_000_000 + ($0 % 2)) }
        let normalization = FittedNormalization(
            fitting: .standard, to: SampleMatrix(values: values, channelCount: 1),
            on: [SampleRange(0..<1_000)])
        #expect(normalization.offset == [8_000_000.5])
        #expect(normalization.scale == [0.5])
    }
}
