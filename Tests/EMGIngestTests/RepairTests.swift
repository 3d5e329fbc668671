import EMGIngest
import EMGSignal
import SeededRandom
import Testing

@Suite("Filling short segments of missing samples")
struct RepairTests {
    @Test("the values are those of SciPy's PchipInterpolator")
    func pchip() {
        // PchipInterpolator([0, 1, 5, 6], [1, 3, 11, 4])([2, 3, 4])
        let up = Repair.curve(count: 3, left: 3, right: 11, before: 1, after: 4)
        for (found, expected) in zip(up, [5.375, 8, 10.125]) {
            #expect(abs(Double(found) - expected) < 1e-6)
        }
    }

    @Test("what is filled lies between its neighbors")
    func monotone() {
        var random = SeededGenerator(seed: 2, stream: "repair")
        func number() -> Double { Double(random.next() % 2_000) - 1_000 }
        for _ in 0..<500 {
            let (left, right) = (number(), number())
            let values = Repair.curve(
                count: Int(random.next() % 20) + 1, left: left, right: right,
                before: random.next() % 2 == 0 ? number() : nil,
                after: random.next() % 2 == 0 ? number() : nil)
            for value in values {
                #expect(Double(value) >= min(left, right) - 1e-3)
                #expect(Double(value) <= max(left, right) + 1e-3)
            }
        }
    }

    @Test("long segments, ends of the recording and cuts are left alone")
    func leftAlone() {
        var values = [Float](repeating: 0, count: 40)
        for index in 0..<40 { values[index] = Float(index) }
        for index in [0, 1, 10, 11, 12, 13, 20, 30, 39] { values[index] = .nan }
        let samples = SampleMatrix(values: values, channelCount: 1)
        let outcome = Repair(longest: 3).repair(
            samples, cuts: [31], channels: [Channel(name: "a", unit: "count")])
        #expect(outcome.intervals.map(\.range) == [SampleRange(20..<21)])
        var repaired = values
        outcome.patches.apply(
            to: &repaired, from: SampleRange(start: 0, end: 40), channelCount: 1)
        #expect(repaired[20] == 20)
    }
}
