/// A segment of a recording that is not as it should be, found once at ingest and carried along.
public struct QualityInterval: Sendable, Hashable {
    /// The kind of problem. The raw value is the code in an archive's `/quality` table.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// Samples are missing between the interval's first sample and the one before it, or the
        /// clock jumped there: nothing may be filtered or windowed across its start.
        case gap = 1
        /// The signal rests at the lowest or highest value of its converter.
        case saturation = 2
        /// Samples that are not finite numbers.
        case nonFinite = 3
        /// The signal does not move at all.
        case flatLine = 4
        /// Mains hum stands out of the spectrum.
        case mainsHum = 5
        /// A person changed the labels.
        case relabeled = 6
        /// Samples were missing and have been interpolated, as the user asked.
        case repaired = 7
        /// The source itself, or a person, marks the samples as bad.
        case markedBad = 8
        /// Filters had nothing to start from, or passed something bad: the samples are so near to
        /// the end of a segment, or to samples that are marked bad, that they depend on it.
        case filterEdge = 9

        /// The name in reports and documents.
        public var name: String {
            switch self {
            case .gap: "gap"
            case .saturation: "saturation"
            case .nonFinite: "non-finite"
            case .flatLine: "flat line"
            case .mainsHum: "mains hum"
            case .relabeled: "relabeled"
            case .repaired: "repaired"
            case .markedBad: "marked bad"
            case .filterEdge: "filter edge"
            }
        }

        /// Names that earlier versions wrote.
        static let earlierNames: [String: Self] = ["relabelled": .relabeled]  // earlier name

        /// The kind that a name stands for, as this version or an earlier one writes it.
        ///
        /// - Parameter name: The name.
        /// - Returns: The kind; `nil` for a name of none.
        package static func named(_ name: String) -> Self? {
            allCases.first { $0.name == name } ?? earlierNames[name]
        }
    }

    /// The samples concerned.
    public let range: SampleRange
    /// The channel concerned; `nil` for all of them.
    public let channel: Int?
    /// What makes the samples a problem.
    public let kind: Kind

    /// Creates an interval.
    ///
    /// - Parameters:
    ///   - range: The samples concerned.
    ///   - channel: The channel; `nil` for all of them.
    ///   - kind: The kind of problem.
    public init(range: SampleRange, channel: Int?, kind: Kind) {
        self.range = range
        self.channel = channel
        self.kind = kind
    }
}
