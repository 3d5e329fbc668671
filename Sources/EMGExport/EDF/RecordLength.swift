/// How long the records of a file are: so many samples in so many seconds that the rate is exact
/// in the header's eight characters, of about a second, and not larger than the format advises.
struct RecordLength: Sendable, Hashable {
    /// The samples of a channel in a record, at least 1.
    let samples: Int
    /// The text of the duration in seconds.
    let duration: String

    /// The rate that a reader gets.
    var hertz: Double { Double(samples) / HeaderNumber.value(duration) }

    /// The most bytes of a record that the format advises.
    static let advisedBytes = 61_440
    /// What is left for annotations.
    private static let annotationBytes = 1_024

    /// Rates that differ by less are one.
    static let sameRate = 1e-12

    /// Chooses a length.
    ///
    /// - Parameters:
    ///   - hertz: The rate.
    ///   - bytesPerRow: The bytes of one sample of all channels.
    ///   - rows: The samples of a channel in the file.
    /// - Returns: The length; `nil` when eight characters hold no such duration.
    static func choose(hertz: Double, bytesPerRow: Int, rows: Int) -> RecordLength? {
        let advised = max(1, (advisedBytes - annotationBytes) / bytesPerRow)
        let second = max(1, Int(min(hertz, 1e9).rounded(.down)))
        let usual = min(advised, second)
        func candidate(_ samples: Int) -> Candidate? {
            let seconds = Double(samples) / hertz
            guard let text = HeaderNumber.nearest(seconds), HeaderNumber.value(text) > 0
            else { return nil }
            let length = RecordLength(samples: samples, duration: text)
            let error = abs(length.hertz / hertz - 1)
            return Candidate(
                length: length, error: error < sameRate ? 0 : error,
                isFull: fill(rows, samples) == 0)
        }
        var found = (1...usual).compactMap(candidate)
        if !found.contains(where: { $0.error == 0 }) {
            // An exact rate is worth more than the advice.
            let most = min(
                max(usual, largestBytes / bytesPerRow),
                Int(min(longestSeconds * hertz, 1e6)))
            let exact = stride(from: usual + 1, through: max(usual, most), by: 1)
                .lazy.compactMap(candidate).first { $0.error == 0 }
            if let exact { return exact.length }
        }
        guard let best = found.map(\.error).min() else { return nil }
        found.removeAll { $0.error > best }
        // Records that the samples fill need no filling up, as long as they are not tiny.
        let full = found.last { $0.isFull && $0.length.samples * 10 >= usual }
        return (full ?? found.last)?.length
    }

    private struct Candidate {
        let length: RecordLength
        let error: Double
        /// Whether the samples are so many whole records.
        let isFull: Bool
    }

    /// Records are never larger or longer than this, even for an exact rate.
    private static let largestBytes = 4 << 20
    private static let longestSeconds = 1.0

    /// How many samples are missing to fill the last record.
    static func fill(_ rows: Int, _ samples: Int) -> Int {
        (samples - rows % samples) % samples
    }
}
