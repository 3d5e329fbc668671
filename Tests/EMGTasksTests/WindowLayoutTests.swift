import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import SeededRandom
import Testing

@Suite("Cutting windows")
struct WindowLayoutTests {
    @Test(
        "a range of n samples holds (n − length) / stride + 1 windows, its own first",
        arguments: [(0, 5, 1), (4, 5, 1), (5, 5, 1), (6, 5, 1), (17, 5, 4), (100, 7, 13)])
    func counts(samples: Int, length: Int, stride: Int) {
        let layout = WindowLayout(length: length, stride: stride)
        let labels = [UInt8](repeating: 0, count: samples + 3)
        let windows = layout.windows(in: [SampleRange(3..<samples + 3)], labels: labels)
        #expect(windows.count == (samples < length ? 0 : (samples - length) / stride + 1))
        #expect(windows.starts.first == (samples < length ? nil : 3))
        #expect(windows.starts.allSatisfy { $0 + length <= samples + 3 })
    }

    @Test("no window leaves its range, whatever the layout")
    func borders() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let cuts = (0..<6).map { _ in generator.integer(below: 200) }.sorted()
            let ranges = [
                SampleRange(start: cuts[0], end: cuts[1]),
                SampleRange(start: cuts[2], end: cuts[3]),
                SampleRange(start: cuts[4], end: cuts[5]),
            ]
            let layout = WindowLayout(
                length: 1 + generator.integer(below: 20), stride: 1 + generator.integer(below: 9))
            let windows = layout.windows(in: ranges, labels: [UInt8](repeating: 0, count: 200))
            for start in windows.starts {
                let window = SampleRange(start: start, end: start + layout.length)
                #expect(ranges.contains { $0.contains(window) })
            }
        }
    }

    @Test(
        "the label rule decides the label, or that there is no window",
        arguments: [
            (.last, [0, 0, 0, 1], [1]),
            (.center, [0, 0, 1, 1], [1]), (.center, [0, 2, 1], [2]),
            (.majority, [1, 2, 2, 0], [2]), (.majority, [1, 1, 2, 2], [2]),
            (.majority, [2, 2, 1, 1], [1]), (.pure, [1, 1, 1], [1]), (.pure, [1, 1, 2], []),
        ] as [(any LabelRule, [UInt8], [UInt8])])
    func labelRules(rule: any LabelRule, labels: [UInt8], expected: [UInt8]) {
        let layout = WindowLayout(length: labels.count, stride: 1, labelRule: rule)
        let windows = layout.windows(in: [SampleRange(0..<labels.count)], labels: labels)
        #expect(windows.labels == expected)
        #expect(rule.label(of: labels[...]) == expected.first)
    }

    @Test(
        "windows that slide are labeled as each by itself",
        arguments: Registry<any LabelRule>.standard.entries.map(\.standard),
        [(1, 1), (7, 1), (7, 3), (5, 5), (4, 9), (40, 1)])
    func sliding(rule: any LabelRule, shape: (length: Int, stride: Int)) {
        let labels = (0..<200).map { (sample: Int) -> UInt8 in
            let turn = sample * sample / 97 + sample / 11
            return UInt8(turn % 4)
        }
        let layout = WindowLayout(length: shape.length, stride: shape.stride, labelRule: rule)
        let ranges = [SampleRange(0..<83), SampleRange(90..<200)]
        let windows = layout.windows(in: ranges, labels: labels)
        var expected = LabeledWindows(starts: [], labels: [])
        for range in ranges {
            for start in stride(
                from: range.start, through: range.end - shape.length, by: shape.stride)
            {
                guard let label = rule.label(of: labels[start..<start + shape.length]) else {
                    continue
                }
                expected.starts.append(start)
                expected.labels.append(label)
            }
        }
        #expect(windows == expected)
    }

    @Test("windows are counted class by class")
    func classCounts() {
        let windows = LabeledWindows(starts: [0, 1, 2, 3], labels: [0, 2, 2, 0])
        #expect(windows.counts(classes: 4) == [2, 0, 2, 0])
    }
}
