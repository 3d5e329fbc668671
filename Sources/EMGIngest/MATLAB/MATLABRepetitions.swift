internal import EMGSignal

/// The segments of one repetition, for the recording's history.
struct MATLABRepetitions: Sendable {
    /// More than that follow no protocol and are not kept.
    private static let most = 4_096

    private var runs: [(number: Double, start: Int)] = []

    /// Takes the number of the next sample.
    mutating func add(_ number: Double, row: Int) {
        guard runs.count <= Self.most else { return }
        if let last = runs.last, last.number == number { return }
        runs.append((number, row))
    }

    /// `repetition: start-end` for each segment, in samples from 0 with the end exclusive; 0, the
    /// rest between repetitions, is left out. `nil` when there is none.
    func details(sampleCount: Int) -> ProcessingStep.Value? {
        guard runs.count <= Self.most else { return nil }
        var texts: [String] = []
        for (index, run) in runs.enumerated() where run.number != 0 {
            guard let number = Int(exactly: run.number) else { return nil }
            let end = index + 1 < runs.count ? runs[index + 1].start : sampleCount
            texts.append("\(number): \(run.start)-\(end)")
        }
        return texts.isEmpty ? nil : .text(texts.joined(separator: ", "))
    }
}
