import Decoding
import EMGTasks
import SeededRandom
import Testing

@Suite struct CalibrationFoldsTests {
    /// Windows of 10 samples every 5 samples, a class a digit.
    private func windows(_ text: String) -> LabeledWindows {
        let labels = text.compactMap { UInt8(String($0)) }
        return LabeledWindows(starts: labels.indices.map { 5 * $0 }, labels: labels)
    }

    @Test func `a cycle with one repetition of a class is cut in halves`() throws {
        let folds = CalibrationFolds(windows("0000000011111111"), length: 10)
        #expect(folds.part == .half)
        try #require(folds.folds.count == 2)
        #expect(folds.folds[0].judge == [0, 1, 2, 3, 8, 9, 10, 11])
        #expect(folds.folds[1].judge == [4, 5, 6, 7, 12, 13, 14, 15])
        // The neighbors of what judges share samples with it.
        #expect(folds.folds[0].fit == [5, 6, 13, 14, 15])
        #expect(folds.folds[1].fit == [0, 1, 2, 9, 10])
    }

    @Test func `with several repetitions of each class one judges in turn`() throws {
        let folds = CalibrationFolds(windows("000001111100000111110000011111"), length: 10)
        #expect(folds.part == .repetition)
        try #require(folds.folds.count == 3)
        #expect(folds.folds[1].judge == Array(10..<20))
        #expect(folds.folds[1].fit == Array(0..<9) + Array(21..<30))
    }

    @Test(arguments: UInt64(0)..<20)
    func `no window that is fitted to shares a sample with one that judges`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "folds")
        var (starts, labels): ([Int], [UInt8]) = ([], [])
        var start = 0
        for _ in 0..<12 {
            let label = UInt8(generator.integer(below: 3))
            for _ in 0..<(4 + generator.integer(below: 30)) {
                starts.append(start)
                labels.append(label)
                start += 3
            }
            start += generator.integer(below: 40)
        }
        let windows = LabeledWindows(starts: starts, labels: labels)
        let folds = CalibrationFolds(windows, length: 16)
        #expect(!folds.folds.isEmpty && folds.folds.count <= 5)
        for fold in folds.folds {
            for fitted in fold.fit {
                for judging in fold.judge {
                    #expect(abs(starts[fitted] - starts[judging]) >= 16)
                }
            }
        }
        let judging = folds.folds.flatMap(\.judge)
        #expect(Set(judging).count == judging.count)
    }

    @Test func `what is too short for any fold has none`() {
        #expect(CalibrationFolds(windows("0011"), length: 10).folds.isEmpty)
        #expect(CalibrationFolds(windows("00000000"), length: 10).folds.isEmpty)
        #expect(CalibrationFolds(windows(""), length: 10).folds.isEmpty)
    }
}
