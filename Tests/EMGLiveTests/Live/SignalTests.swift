import EMGLive
import Foundation
import PageServer
import Testing

@Suite("What a live page shows of the signal")
struct SignalTests {
    private struct Trace {
        let first, count, channels, samples: Int
        let values: [Float]

        init(_ bytes: Data) {
            let numbers = stride(from: 0, to: bytes.count, by: 4).map { place in
                (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
            }
            (first, count) = (Int(numbers[0]), Int(numbers[1]))
            (channels, samples) = (Int(numbers[2]), Int(numbers[3]))
            values = numbers[4...].map { Float(bitPattern: $0) }
        }
    }

    @Test func `intervals hold the extremes of their samples, and what is lost is no number`()
        throws
    {
        let bench = try LiveBench(LivePeople.discriminant())
        try bench.run(3, seconds: 6, happenings: [(seconds: 4, what: .gap(50))])
        let whole = Trace(try bench.get("/api/signal").body)
        #expect(whole.channels == LivePeople.channels.count && whole.samples == 4)
        #expect(whole.first == 0 && whole.count == 750)
        #expect(whole.values.count == whole.count * whole.channels * 2)
        let width = whole.channels * 2
        // Samples 2000 to 2049 did not come: intervals 500 to 511 have nothing.
        for bin in 0..<whole.count {
            let values = whole.values[bin * width..<(bin + 1) * width]
            #expect(values.allSatisfy(\.isNaN) == (500..<512).contains(bin))
            for channel in 0..<whole.channels where !values.allSatisfy(\.isNaN) {
                let first = bin * width + 2 * channel
                #expect(whole.values[first] <= whole.values[first + 1])
            }
        }
        let rest = Trace(try bench.get("/api/signal", query: "since=700").body)
        #expect(rest.first == 700 && rest.count == 50)
        #expect(rest.values == Array(whole.values[(700 * width)...]))
        let none = Trace(try bench.get("/api/signal", query: "since=99999").body)
        #expect(none.count == 0)
    }

    @Test func `electrodes are looked at by the rules of recordings before anything is recorded`()
        throws
    {
        let bench = try LiveBench(LivePeople.discriminant())
        try bench.run(3, seconds: 6)
        let quality = try #require(bench.state().quality)
        #expect(quality.electrodes.count == LivePeople.channels.count)
        // The synthetic amplifier has hum, and neither drops out nor clips.
        let findings = quality.electrodes.flatMap(\.findings)
        #expect(Set(findings) == ["hum"])
    }
}
