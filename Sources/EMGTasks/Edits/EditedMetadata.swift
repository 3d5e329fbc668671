package import Documents
package import EMGSignal
import PrintableText

/// A recording's metadata with the decisions about it applied; the archive stays as it is.
package struct EditedMetadata: Sendable {
    /// Header and labels. Relabeled and excluded segments are among the quality intervals.
    package let metadata: RecordingMetadata
    /// What belongs to neither support nor query.
    package let excluded: [SampleRange]
    /// The numbers of the channels that are no good.
    package let silentChannels: [Int]

    /// Applies edits.
    ///
    /// - Parameters:
    ///   - edits: What counts for the recording.
    ///   - names: The names that recordings have.
    ///   - metadata: The recording as the archive has it.
    ///   - file: Where the edits come from, for errors.
    /// - Throws: `DocumentError` at the decision that does not fit the recording.
    package init(
        _ edits: RecordingEdits, _ names: RenamedRecordings, to metadata: RecordingMetadata,
        of file: EditFile
    ) throws(DocumentError) {
        var header = metadata.header
        try Self.check(edits, header, file)
        header.identity = names.identity(of: header.identity)
        silentChannels = header.channels.indices.filter {
            edits.excludedChannels.contains(header.channels[$0].name)
        }
        excluded = edits.excluded
        let silent = Set(silentChannels)
        // What was the matter with a channel that is left out is the matter no more.
        header.quality.removeAll { $0.channel.map(silent.contains) ?? false }
        let whole = SampleRange(start: 0, end: header.sampleCount)
        var added =
            silentChannels.map { QualityInterval(range: whole, channel: $0, kind: .markedBad) }
            + excluded.map { QualityInterval(range: $0, channel: nil, kind: .markedBad) }
        var labels = metadata.labels
        if !edits.relabelings.isEmpty {
            let edited = EditedLabels(
                edits.relabelings, over: metadata.labels, sampleCount: header.sampleCount)
            labels = edited.track
            header.classNames = edited.track.classNames
            added += edited.relabeled.map {
                QualityInterval(range: $0, channel: nil, kind: .relabeled)
            }
        }
        header.quality += added
        self.metadata = RecordingMetadata(header: header, labels: labels)
    }

    /// Makes sure that edits fit a recording.
    ///
    /// - Parameters:
    ///   - edits: What counts for the recording.
    ///   - header: The recording.
    ///   - file: Where the edits come from, for errors.
    /// - Throws: `DocumentError` at the decision that does not fit.
    package static func check(
        _ edits: RecordingEdits, _ header: RecordingHeader, _ file: EditFile
    ) throws(DocumentError) {
        func check(_ range: SampleRange, _ decision: Int) throws(DocumentError) {
            guard range.end > header.sampleCount else { return }
            throw file.error(
                at: decision, expected: "an end of at most \(header.sampleCount)",
                found: "\(range.end)",
                hint:
                    "\(header.identity.id) has \(header.sampleCount, of: "sample"): was the "
                    + "archive made anew since the review?")
        }
        for relabeling in edits.relabelings { try check(relabeling.range, relabeling.decision) }
        try EditedLabels.check(edits.relabelings, header, file)
        for decision in edits.excluding {
            switch decision.action {
            case .exclude(let range): try check(range, decision.number)
            case .excludeChannel(let name):
                let names = header.channels.map(\.name)
                guard !names.contains(name) else { continue }
                throw file.error(
                    at: decision.number, expected: "one of \(names.joined(separator: ", "))",
                    found: "channel \"\(name)\"",
                    hint: Spelling.suggestion(for: name, among: names))
            default: continue
            }
        }
    }
}
