import PrintableText

/// Whether the parts of a recording (samples, labels, times, targets) are as long as each other.
enum CommonLength {
    /// Lengths may differ by this part of the longest: a logger that stopped a little late. More
    /// than that is another recording, or another rate.
    static let tolerated = 0.05

    /// Whether two lengths may be of one recording.
    static func agree(_ one: Int, _ other: Int) -> Bool {
        Double(abs(one - other)) <= tolerated * Double(max(one, other))
    }

    /// The length that all parts have.
    ///
    /// - Parameters:
    ///   - parts: Each part's name and length, the samples first.
    ///   - location: Where the samples are.
    /// - Returns: The shortest length, and a warning when the others are cut to it.
    /// - Throws: ``IngestError`` when they differ by more than ``tolerated``.
    static func of(
        _ parts: [(name: String, count: Int)], at location: SourceLocation
    ) throws(IngestError) -> (count: Int, warning: IngestWarning?) {
        let counts = parts.map(\.count)
        guard let shortest = counts.min(), let longest = counts.max(), shortest < longest else {
            return (counts.first ?? 0, nil)
        }
        let words = parts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        guard agree(shortest, longest) else {
            throw IngestError(
                .inconsistent(
                    expected: "parts of one length, or within 5 %",
                    found: "lengths that differ: \(words)"), at: location,
                hint: "they are of other recordings or rates; a template names others, or leaves "
                    + "them out")
        }
        return (
            shortest,
            IngestWarning(
                .lengthMismatch, at: location, count: longest - shortest,
                message: "lengths differ and are cut to \(shortest, of: "sample"): \(words)")
        )
    }
}
