private import PrintableText

/// Something about a source that its user should know, though it could be read.
public struct IngestWarning: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What kind of thing. The raw value stands in reports for programs.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Blank lines between rows were skipped.
        case blankLine = "blank-line"
        /// The last line has no line end: the file may have been cut inside its last number.
        case noFinalNewline = "no-final-newline"
        /// A field is far longer than any that belongs here.
        case longField = "long-field"
        /// A column that nobody uses.
        case unusedColumn = "unused-column"
        /// A whole number that single precision cannot hold exactly.
        case inexactValue = "inexact-value"
        /// Samples are empty or not finite and were marked as missing.
        case missingValues = "missing-values"
        /// Rows that repeat a time stamp.
        case duplicateTimeStamp = "duplicate-time-stamp"
        /// The clock goes back: the recording is cut there.
        case clockJumpsBack = "clock-jumps-back"
        /// Samples are missing: the recording is cut there.
        case gap = "gap"
        /// Time stamps that say nothing of rate or gaps.
        case timeStamps = "time-stamps"
        /// Time stamps scatter round the even grid of the sampling rate.
        case jitter = "jitter"
        /// Rows a second and the step between rows disagree.
        case rateDisagreement = "rate-disagreement"
        /// Samples are held: the signal changes more slowly than rows are written.
        case heldSamples = "held-samples"
        /// A channel rests at the end of its converter's range.
        case saturation = "saturation"
        /// A channel, or all of them, do not move.
        case flatLine = "flat-line"
        /// Mains hum stands out.
        case mainsHum = "mains-hum"
        /// The labels do not follow relax, open, relax, close, relax.
        case labelProtocol = "label-protocol"
        /// The name of a file does not go with the folder it lies in.
        case identity = "identity"
        /// The same recording is there twice; one of them was skipped.
        case duplicateSource = "duplicate-source"
        /// The file breaks its format's rules in a way that leaves its meaning clear.
        case headerFault = "header-fault"
        /// The file ends early or late: what is whole was read.
        case truncated = "truncated"
        /// Parts of a recording differ in length: the shortest decides.
        case lengthMismatch = "length-mismatch"
        /// The source itself marks a channel or segment as bad.
        case markedBad = "marked-bad"
        /// Events or labels that could not be used as they are.
        case events = "events"
        /// A part of the source, such as channels of another rate, that was not read.
        case partLeftOut = "part-left-out"
        /// The text is in another encoding than UTF-8, which was inferred from its bytes.
        case encoding
        /// A unit that is not known, or that was read as another.
        case unit
        /// Something the file does not say and that was assumed.
        case assumption = "assumption"
        /// Samples were repaired, as the caller asked.
        case repaired = "repaired"
        /// A file or folder was left out of a search.
        case skipped = "skipped"
    }

    /// What kind of thing.
    public let kind: Kind
    /// Where it is, or where it is first.
    public let location: SourceLocation
    /// How often; at least 1.
    public let count: Int
    /// What it is, in words.
    public let message: String

    /// Creates a warning.
    ///
    /// - Parameters:
    ///   - kind: What kind of thing.
    ///   - location: Where it is, or where it is first.
    ///   - count: How often, at least 1.
    ///   - message: What it is, in words.
    public init(_ kind: Kind, at location: SourceLocation, count: Int = 1, message: String) {
        self.kind = kind
        self.location = location
        self.count = count
        self.message = message
    }

    /// `file:line: what`.
    public var description: String {
        let isNamed = location.field.map { message.hasPrefix($0) } ?? false
        return "\(isNamed ? location.withoutField : location): \(message.printable(limit: 2_000))"
    }
}
