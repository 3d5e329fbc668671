/// Which findings about a recording's quality keep samples out of windows and fits, and which are
/// only reported.
///
/// A window that touches an excluded segment by one sample, in whatever channel, is out; a fit
/// (normalization, amplitudes of a contraction) sees no sample of such a segment. Only the channels
/// that are used count.
public struct QualityPolicy: Sendable, Hashable {
    /// What a configuration can name.
    public enum Finding: String, Sendable, Hashable, CaseIterable {
        /// Samples are missing: no window reaches across. Always excluded.
        case gap
        /// Samples that are not finite numbers. Always excluded.
        case nonFinite = "non_finite"
        /// The source, or a person, marks samples or a whole channel as bad.
        case markedBad = "marked_bad"
        /// Edges of filters that are longer than a window.
        case longFilterEdge = "long_filter_edge"
        /// Edges of filters of any length.
        case filterEdge = "filter_edge"
        /// The signal rests at an end of its converter's range.
        case saturation
        /// The signal does not move.
        case flatLine = "flat_line"
        /// Mains hum stands out of the spectrum of a channel.
        case mainsHum = "mains_hum"
        /// Samples were interpolated when the recording was read.
        case repaired

        /// What can be excluded without being named: windows across a gap and numbers that are
        /// none do not exist.
        package static let always: Set<Finding> = [.gap, .nonFinite]

        /// The kinds of intervals that are found so; a change of labels by a person is none.
        init?(_ kind: QualityInterval.Kind) {
            switch kind {
            case .gap: self = .gap
            case .nonFinite: self = .nonFinite
            case .markedBad: self = .markedBad
            case .filterEdge: self = .filterEdge
            case .saturation: self = .saturation
            case .flatLine: self = .flatLine
            case .mainsHum: self = .mainsHum
            case .repaired: self = .repaired
            case .relabeled: return nil
            }
        }
    }

    /// What becomes of a recording with a channel that is excluded from the first to the last
    /// sample.
    public enum BadChannels: String, Sendable, Hashable, CaseIterable {
        /// The recording is refused: nothing of it could be used.
        case refuse
        /// The channel's samples become 0, as for a channel that a review excludes.
        case silence
    }

    /// What no window and no fit may touch; ``Finding/always`` is part of it.
    public let exclude: Set<Finding>
    /// What windows may contain, and is reported.
    public let warn: Set<Finding>
    /// What becomes of a recording with a channel that is excluded throughout.
    public let badChannels: BadChannels
    /// From how many decibels above its surroundings on mains hum counts; `nil` for what the
    /// detector takes for certain.
    public let humLevel: Double?

    /// What is excluded when nothing is said.
    public static let defaultExclude: Set<Finding> = [
        .gap, .nonFinite, .markedBad, .longFilterEdge,
    ]

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - exclude: What no window and no fit may touch; ``Finding/always`` is added.
    ///   - warn: What is reported; everything that is not excluded when `nil`.
    ///   - badChannels: What becomes of a recording with a channel that is excluded throughout.
    ///   - humLevel: From how many decibels on mains hum counts.
    public init(
        exclude: Set<Finding> = Self.defaultExclude, warn: Set<Finding>? = nil,
        badChannels: BadChannels = .refuse, humLevel: Double? = nil
    ) {
        self.exclude = exclude.union(Finding.always)
        self.warn = (warn ?? Set(Finding.allCases)).subtracting(self.exclude)
        self.badChannels = badChannels
        self.humLevel = humLevel
    }

    /// Windows and fits as they were before there was a policy: nothing but gaps and samples that
    /// are no numbers is left out.
    package static let gapsOnly = QualityPolicy(exclude: [], warn: [])

    /// Whether no window and no fit may touch an interval.
    ///
    /// - Parameters:
    ///   - interval: What was found.
    ///   - windowLength: Samples of a window; `nil` where there are no windows, so that no edge of
    ///     a filter is longer than one.
    /// - Returns: Whether it is excluded.
    package func excludes(_ interval: QualityInterval, windowLength: Int?) -> Bool {
        guard let finding = Finding(interval.kind) else { return false }
        return exclude.contains(finding)
            || finding == .filterEdge && exclude.contains(.longFilterEdge)
                && interval.range.count > windowLength ?? .max
    }

    /// Whether an interval is reported where a window contains it.
    ///
    /// - Parameters:
    ///   - interval: What was found.
    ///   - windowLength: Samples of a window.
    /// - Returns: Whether it is reported.
    package func warns(of interval: QualityInterval, windowLength: Int) -> Bool {
        guard let finding = Finding(interval.kind),
            !excludes(interval, windowLength: windowLength)
        else { return false }
        return warn.contains(finding)
            || finding == .filterEdge && warn.contains(.longFilterEdge)
                && interval.range.count > windowLength
    }

    /// The line of a configuration that excludes something else.
    ///
    /// - Parameters:
    ///   - kinds: What is excluded too.
    ///   - others: What is not excluded any more.
    /// - Returns: The line, for example `quality: {exclude: [long_filter_edge]}`.
    package func line(
        excluding kinds: Set<QualityInterval.Kind> = [],
        sparing others: Set<QualityInterval.Kind> = []
    ) -> String {
        var findings = exclude.union(kinds.compactMap(Finding.init))
        for finding in others.compactMap(Finding.init) {
            findings.remove(finding)
            if finding == .filterEdge { findings.remove(.longFilterEdge) }
        }
        let names = Self.names(findings.subtracting(Finding.always))
        return "quality: {exclude: [\(names.joined(separator: ", "))]}"
    }

    /// The names of findings in one order.
    package static func names(_ findings: Set<Finding>) -> [String] {
        Finding.allCases.filter(findings.contains).map(\.rawValue)
    }
}
