package import Documents
private import EMGArchive
private import EMGSignal
package import EMGTasks
package import Foundation

/// Evaluates a decoder on labeled recordings: by the decisions that it makes about them as they
/// come, control layer and all.
package struct BundleEvaluation: Sendable {
    /// What was decided about a recording.
    package struct Result: Sendable {
        /// The recording.
        package let id: String
        /// Whose it is.
        package let patient: String
        /// Whether the decoder was adapted to this very recording.
        package let isAdaptedTo: Bool
        /// The decisions in their order; those outside of what is evaluated are left out.
        package let decisions: [OnlineDecision]
    }

    private let decoder: RecordingDecoder
    private let rule: any LabelRule
    private let split: SplitSettings?

    /// Prepares an evaluation.
    ///
    /// - Parameters:
    ///   - bundle: The decoder.
    ///   - split: How recordings are divided, of which the query is evaluated; `nil` for all of each.
    ///   - kinds: The rules that packages outside have added.
    /// - Throws: `DocumentError` for a label rule that is not known.
    package init(
        _ bundle: DecoderBundle, split: SplitSettings? = nil, kinds: Kinds = Kinds()
    ) throws(DocumentError) {
        decoder = RecordingDecoder(bundle)
        rule = try bundle.input.labelRule(kinds: kinds)
        self.split = split
    }

    /// Decodes a recording and compares with its labels.
    ///
    /// - Parameter url: A recording of an archive.
    /// - Returns: Its decisions with what was true.
    /// - Throws: ``DecodingError`` for a recording that the decoder was not made for or that has no
    ///   labels, `ArchiveError` for one that is damaged, `TaskError` when the split does not fit.
    package func evaluate(_ url: URL) throws -> Result {
        let place = url.path(percentEncoded: false)
        let input = decoder.bundle.input
        let metadata = try RecordingFile.readMetadata(url)
        guard let track = metadata.labels else {
            throw DecodingError(
                .unsupported("nobody labeled the recording"), at: place,
                hint: "myotask predict decodes recordings without labels")
        }
        let windows = WindowSettings(
            length: .samples(input.window.length), stride: .samples(input.window.stride),
            labelRule: rule)
        let ranges = try split.map { split throws(TaskError) in
            try RecordingSupport(
                metadata, classes: input.classes, window: windows, split: split,
                quality: input.quality ?? QualityPolicy()
            ).query
        }
        var decisions: [OnlineDecision] = []
        var source = try decoder.decisions(
            of: RecordingRowsFile(url, threads: 1), at: place)
        let classCount = input.classes.count
        let numbers = track.classNames.map { input.classes.firstIndex(of: $0) }
        while try source.next() {
            for (row, decision) in source.block.decisions.enumerated() {
                let window = decision.sample + 1 - input.window.length..<decision.sample + 1
                let isEvaluated =
                    ranges?.contains {
                        $0.start <= window.lowerBound && window.upperBound <= $0.end
                    } ?? true
                guard isEvaluated else { continue }
                decisions.append(
                    OnlineDecision(
                        sample: decision.sample, label: label(of: window, in: track, numbers),
                        probabilities: Array(
                            source.block.probabilities[
                                row * classCount..<(row + 1) * classCount]),
                        output: decision.output))
            }
        }
        return Result(
            id: metadata.header.identity.id, patient: metadata.header.identity.patient,
            isAdaptedTo: decoder.bundle.origin.adaptedTo.contains(metadata.header.source.sha256),
            decisions: decisions)
    }

    /// The class of a window; `nil` when a sample is labeled by nobody, the rule leaves it out, or
    /// it is none of the decoder's.
    private func label(
        of window: Range<Int>, in track: LabelTrack, _ numbers: [Int?]
    ) -> Int? {
        let labels = track.values[window]
        if let unlabeled = track.unlabeled, labels.contains(unlabeled) { return nil }
        return rule.label(of: labels).flatMap { numbers[Int($0)] }
    }

    /// The metrics of some results together.
    ///
    /// - Parameter results: Results of this evaluation.
    /// - Returns: Their metrics.
    /// - Throws: ``DecodingError`` for a control layer of other classes.
    package func metrics(of results: [Result]) throws(DecodingError) -> OnlineMetrics {
        let input = decoder.bundle.input
        let neutral = try decoder.bundle.makeControl().neutral
        return OnlineMetrics(
            results.map(\.decisions), classCount: input.classes.count,
            neutral: neutral < input.classes.count ? neutral : nil, rate: input.samplingRate.hertz,
            stride: input.window.stride)
    }
}
