import MetaLearning
import Testing

@Suite("Windows as views")
struct WindowSetTests {
    /// Six samples of two channels: sample t has the numbers 10 t and 10 t + 1.
    private static let signal: [Float] = (0..<6).flatMap { [Float($0 * 10), Float($0 * 10 + 1)] }

    private static func windows(starts: [Int]) throws -> WindowSet {
        try WindowSet(
            signal: signal, channelCount: 2, windowLength: 3, starts: starts,
            labels: starts.map { UInt8($0) })
    }

    @Test("a batch has each window's samples as they lie, or channel by channel")
    func gather() throws {
        let windows = try Self.windows(starts: [0, 3, 1])
        var rows = [Float](repeating: -1, count: 12)
        windows.gather([2, 1], as: .timeMajor, into: &rows)
        #expect(rows == [10, 11, 20, 21, 30, 31, 30, 31, 40, 41, 50, 51])
        windows.gather([2, 1], as: .channelMajor, into: &rows)
        #expect(rows == [10, 20, 30, 11, 21, 31, 30, 40, 50, 31, 41, 51])
    }

    @Test("a window that leaves the signal is refused", arguments: [[0, 4], [-1]])
    func outside(starts: [Int]) {
        let error = #expect(throws: MetaLearningError.self) {
            try WindowSet(
                signal: Self.signal, channelCount: 2, windowLength: 3, starts: starts,
                labels: starts.map { _ in 0 })
        }
        #expect(error?.location == "window \(starts.count - 1)")
    }

    @Test("a label is missing or a sample is cut: refused")
    func counts() {
        #expect(throws: MetaLearningError.self) {
            try WindowSet(
                signal: Self.signal, channelCount: 2, windowLength: 3, starts: [0, 1], labels: [0])
        }
        #expect(throws: MetaLearningError.self) {
            try WindowSet(
                signal: [1, 2, 3], channelCount: 2, windowLength: 1, starts: [0], labels: [0])
        }
    }
}
