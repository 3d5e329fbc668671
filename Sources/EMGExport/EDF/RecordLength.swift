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
    ///   - stretches: For each stretch its rows and the rows that are missing behind it; `nil`
    ///     behind the last.
    /// - Returns: The length; `nil` when eight characters hold no such duration.
    static func choose(
        hertz: Double, bytesPerRow: Int, stretches: [(rows: Int, missing: Int?)]
    ) -> RecordLength? {
        let most = max(1, (advisedBytes - annotationBytes) / bytesPerRow)
        let second = max(1, Int(min(hertz, 1e9).rounded(.down)))
        var found: [(length: RecordLength, error: Double, fills: Bool)] = []
        for samples in 1...min(most, second) {
            let seconds = Double(samples) / hertz
            guard let text = HeaderNumber.nearest(seconds), HeaderNumber.value(text) > 0,
                stretches.allSatisfy({ fill($0.rows, samples) <= $0.missing ?? .max })
            else { continue }
            let length = RecordLength(samples: samples, duration: text)
            let error = abs(length.hertz / hertz - 1)
            found.append(
                (
                    length, error < sameRate ? 0 : error,
                    stretches.contains { fill($0.rows, samples) > 0 }
                ))
        }
        guard let best = found.map(\.error).min() else { return nil }
        let exact = found.filter { $0.error <= best }
        // Records that the samples fill need no filling up, as long as they are not tiny.
        let full = exact.last { !$0.fills && $0.length.samples * 10 >= min(most, second) }
        return (full ?? exact.last)?.length
    }

    /// How many samples are missing to fill the last record.
    static func fill(_ rows: Int, _ samples: Int) -> Int {
        (samples - rows % samples) % samples
    }
}
