import EMGFilters
import EMGSignal
import Foundation
import SeededRandom
import Testing

@Suite("IIR filters")
struct IIRFilterTests {
    private func sections(order: Int = 4) throws -> SecondOrderSections {
        try Butterworth.bandPass(
            low: 20, high: 450, order: order, samplingRate: SamplingRate(hertz: 2_000)
        ).sections
    }

    private func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in 100 * generator.uniform() - 30 }
    }

    /// The definition, one sample and one channel at a time.
    private func reference(
        _ samples: [Double], channels: Int, _ sections: SecondOrderSections
    ) -> [Double] {
        var result = samples
        for channel in 0..<channels {
            for section in sections.sections {
                var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)
                for index in stride(from: channel, to: samples.count, by: channels) {
                    let x = result[index]
                    let y =
                        section.b0 * x + section.b1 * x1 + section.b2 * x2 - section.a1 * y1
                        - section.a2 * y2
                    (x2, x1, y2, y1) = (x1, x, y1, y)
                    result[index] = y
                }
            }
        }
        return result
    }

    @Test("any number of channels and sections gives the definition", arguments: 1...9, [1, 2, 5])
    func definition(channels: Int, order: Int) throws {
        let sections = try sections(order: order)
        let input = noise(700 * channels)
        var found = input
        var filter = IIRFilter(sections, channelCount: channels)
        filter.process(&found)
        let expected = reference(input, channels: channels, sections)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-10 })
    }

    @Test("any chunking gives the same bits", arguments: [1, 2, 7, 10, 40, 128, 129, 1_000])
    func chunks(length: Int) throws {
        let channels = 6
        let input = noise(1_000 * channels)
        var whole = input
        var filter = IIRFilter(try sections(), channelCount: channels)
        filter.process(&whole)
        var pieces: [Double] = []
        var chunked = IIRFilter(try sections(), channelCount: channels)
        for start in stride(from: 0, to: 1_000, by: length) {
            var piece = Array(input[start * channels..<min(start + length, 1_000) * channels])
            chunked.process(&piece)
            pieces += piece
        }
        #expect(pieces == whole)
        #expect(chunked.state == filter.state)
    }

    @Test("a channel does not depend on its neighbors")
    func channels() throws {
        let input = noise(500 * 5)
        var together = input
        var filter = IIRFilter(try sections(), channelCount: 5)
        filter.process(&together)
        for channel in 0..<5 {
            var alone = stride(from: channel, to: input.count, by: 5).map { input[$0] }
            var single = IIRFilter(try sections(), channelCount: 1)
            single.process(&alone)
            #expect(alone == stride(from: channel, to: input.count, by: 5).map { together[$0] })
        }
    }

    @Test("a saved state goes through JSON and goes on as if nothing had happened")
    func state() throws {
        let input = noise(900)
        var whole = input
        var filter = IIRFilter(try sections(), channelCount: 3)
        filter.process(&whole)

        var first = Array(input.prefix(450))
        var before = IIRFilter(try sections(), channelCount: 3)
        before.process(&first)
        let saved = try JSONEncoder().encode(before.state)
        var after = IIRFilter(try sections(), channelCount: 3)
        try after.restore(JSONDecoder().decode(IIRFilter.State.self, from: saved))
        var second = Array(input.suffix(450))
        after.process(&second)
        #expect(first + second == whole)

        after.reset()
        var again = input
        after.process(&again)
        #expect(again == whole)
    }

    @Test("the state of another filter is refused")
    func foreignState() throws {
        let other = IIRFilter(try sections(), channelCount: 2)
        var filter = IIRFilter(try sections(), channelCount: 3)
        let error = #expect(throws: FilterError.self) { try filter.restore(other.state) }
        #expect(error?.kind == .stateMismatch(expectedCount: 24, foundCount: 16))
    }

    @Test("a settled filter passes a constant without a transient")
    func settled() throws {
        let low = try Butterworth.lowPass(
            cutoff: 6, order: 4, samplingRate: SamplingRate(hertz: 2_000))
        var filter = IIRFilter(low.sections, channelCount: 2)
        filter.settle(at: [5, -3])
        var samples = (0..<400).map { $0 % 2 == 0 ? 5.0 : -3 }
        filter.process(&samples)
        for (index, value) in samples.enumerated() {
            #expect(abs(value - (index % 2 == 0 ? 5 : -3)) <= 1e-9)
        }
    }

    @Test("half a sample stops the program")
    func halfSample() async {
        await #expect(processExitsWith: .failure) {
            let low = try Butterworth.lowPass(
                cutoff: 6, order: 4, samplingRate: SamplingRate(hertz: 2_000))
            var filter = IIRFilter(low.sections, channelCount: 2)
            var samples = [1.0, 2, 3]
            filter.process(&samples)
        }
    }

    @Test("sections that do not settle are refused")
    func unstable() {
        for (a1, a2) in [(0.0, 1.0), (-2, 1), (0.5, -1.2), (.nan, 0)] {
            #expect(throws: FilterError.self) {
                try SecondOrderSections([.init(b0: 1, b1: 0, b2: 0, a1: a1, a2: a2)])
            }
        }
    }
}
