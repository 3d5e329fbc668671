import EMGArchive
import EMGSignal

/// The windows of a part that are left out because of the recording's quality: those that there
/// would be without the policy, at the same distances from the part's start, and that touch
/// something excluded.
struct LeftOutWindows: Sendable {
    /// How many, a window that touches several kinds once.
    let total: Int
    /// How many for each kind; a window that touches several kinds counts for each.
    let byKind: [QualityInterval.Kind: Int]
    /// Their labels.
    private let labels: [UInt8]

    /// No window.
    init() {
        total = 0
        byKind = [:]
        labels = []
    }

    /// - Parameters:
    ///   - windows: The windows that there would be.
    ///   - length: Samples of a window.
    ///   - excluded: What they may not touch.
    init(_ windows: LabeledWindows, length: Int, because excluded: [QualityInterval]) {
        let isWhole = excluded.spares(length: length)
        labels = zip(windows.starts, windows.labels).filter { !isWhole($0.0) }.map(\.1)
        total = labels.count
        byKind = excluded.windowCounts(windows.starts, length: length)
    }

    /// Those of several recordings.
    init(joining parts: [LeftOutWindows]) {
        total = parts.reduce(0) { $0 + $1.total }
        byKind = parts.map(\.byKind).summed
        labels = parts.flatMap(\.labels)
    }

    /// How many of a class.
    func count(of label: Int) -> Int { labels.count { Int($0) == label } }
}

extension TaskError {
    /// Says that nothing of a part is left, and what took it.
    init(
        _ leftOut: LeftOutWindows, of part: String, subject: String, policy: QualityPolicy,
        for purpose: WindowPurpose = .collection
    ) {
        self.init(
            .nothingUsable(part: part, windows: leftOut.total, leftOut: leftOut.byKind),
            subject: subject,
            hint: (Self.sparing(Set(leftOut.byKind.keys), policy, for: purpose)
                ?? "shorten the window")
                + (purpose == .table ? "" : ", or leave the recording out"))
    }

    /// Says that channels are bad throughout.
    ///
    /// - Parameters:
    ///   - channels: The channels.
    ///   - header: The recording.
    ///   - policy: What excludes them.
    ///   - purpose: What the windows are for: a collection's configuration can choose channels.
    init(
        _ channels: [UsableSamples.BadChannel], of header: RecordingHeader, policy: QualityPolicy,
        for purpose: WindowPurpose = .collection
    ) {
        let bad = Set(channels.map(\.channel))
        let kinds = channels.reduce(into: Set<QualityInterval.Kind>()) { $0.formUnion($1.kinds) }
        let others = header.channels.indices.filter { !bad.contains($0) }
            .map { header.channels[$0].name }
        var ways: [String] = []
        if !others.isEmpty, purpose == .collection {
            ways.append(
                "leave the channel out of all recordings with "
                    + (others.count <= 16
                        ? "\"channels: {select: [\(others.joined(separator: ", "))]}\""
                        : "\"channels.select\""))
        }
        if !others.isEmpty {
            ways.append(
                "make it 0 in this recording with "
                    + Self.stated("quality: {bad_channels: silence}", for: purpose))
        }
        ways += [
            Self.sparing(kinds, policy, for: purpose),
            purpose == .collection ? "leave the recording out" : nil,
        ].compactMap(\.self)
        self.init(
            .badChannels(
                channels.map { header.channels[$0.channel].name },
                kinds: kinds.sorted { $0.rawValue < $1.rawValue }.map(\.name)),
            subject: header.identity.id, hint: ways.joined(separator: ", or "))
    }

    /// How to take samples as they are; `nil` for those that cannot be.
    private static func sparing(
        _ kinds: Set<QualityInterval.Kind>, _ policy: QualityPolicy, for purpose: WindowPurpose
    ) -> String? {
        let optional = kinds.subtracting([.gap, .nonFinite])
        return optional.isEmpty
            ? nil
            : "take the samples as they are with "
                + stated(policy.line(sparing: optional), for: purpose)
    }

    /// A line about quality where one can say it: in a configuration, or as an option.
    private static func stated(_ line: String, for purpose: WindowPurpose) -> String {
        purpose == .table ? "--quality \"\(line)\"" : "\"\(line)\""
    }
}
