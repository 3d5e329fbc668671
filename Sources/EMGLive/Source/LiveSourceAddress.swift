package import Decoding
private import EMGSynth

/// Where a live page's samples come from: any source of `myotask decode`, or a synthetic person.
package enum LiveSourceAddress: Sendable, Hashable {
    /// A source of `myotask decode`.
    case stream(SourceAddress)
    /// A synthetic person who does what the page asks for; the same number is the same person.
    case synthetic(seed: UInt64)

    /// The forms, for usage texts.
    package static let forms = "synthetic[:SEED], \(SourceAddress.forms)"

    /// Reads an address.
    ///
    /// - Parameter text: One of ``forms``.
    /// - Throws: ``DecodingError`` for other text.
    package init(_ text: String) throws(DecodingError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0] == "synthetic" else {
            self = .stream(try SourceAddress(text))
            return
        }
        guard parts.count == 2 else {
            self = .synthetic(seed: 1)
            return
        }
        guard let seed = UInt64(parts[1]) else {
            throw DecodingError(
                .outOfRange(expected: "a whole number behind synthetic:", found: String(parts[1])),
                at: "--from")
        }
        self = .synthetic(seed: seed)
    }
}
