package import EMGArchive
internal import EMGFeatures
package import EMGSignal
internal import Files
package import Foundation
package import Sharding

/// Writes the windows of an archive, or features of them, as a table that needs no collection:
/// each window with its recording, first sample and label.
///
/// The name's ending says how: `.h5`, `.npy` (with `NAME.json` for what the columns mean, and
/// `NAME.index.npy` for the origins of windows and features), or `.csv`.
package struct WindowTable: Sendable {
    /// Which windows, and what of them.
    package let selection: WindowSelection

    /// Creates a table.
    package init(_ selection: WindowSelection) {
        self.selection = selection
    }

    /// The counts of a table that was written, and the recordings it does not have.
    package struct Report: Sendable {
        /// How many windows.
        package let windowCount: Int
        /// Ids of the recordings, in the order of the column `recording`.
        package let recordings: [String]
        /// The name of each label.
        package let classes: [String]
        /// What is in no window because nobody labeled it, of all recordings.
        package let unlabeled: UnlabeledShare
        /// The recordings that have no windows in the table, with the reason.
        package let refused: [BuildReport.Refusal]
        /// Windows that are left out because of the recordings' quality, by kind.
        package let leftOut: [QualityInterval.Kind: Int]
        /// Windows that contain something that the quality policy tells of, by kind.
        package let warned: [QualityInterval.Kind: Int]
        /// Where the rows are: the table, or the part of a shard.
        package let file: URL
        /// How many recordings the table has, those of other shards too.
        package let tableRecordings: Int
    }

    /// Writes the table.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - url: The file, `.h5`, `.npy` or `.csv`; it is written whole or not at all.
    ///   - shard: Which part of the recordings is written, into a file of its own beside `url`
    ///     (see ``WindowTableParts``); the whole table when `nil`. What concerns the table as a
    ///     whole, as its classes, is found among all recordings by each shard.
    ///   - threads: How many recordings are looked at at once, at least 1.
    ///   - progress: Called with the number of recordings written and to be written.
    /// - Returns: What came of it.
    /// - Throws: ``TaskError`` when there is nothing to write or the name has another ending,
    ///   `ArchiveError` when it cannot be written, `FeatureError` for features that cannot be.
    package func write(
        _ archive: RecordingArchive, to url: URL, shard: Shard? = nil, threads: Int = 1,
        progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> Report {
        guard let ending = WindowTableEnding(url) else {
            throw TaskError(
                .mismatch(
                    what: "the table's name", expected: "an ending .h5, .npy or .csv",
                    found: url.lastPathComponent), subject: url.lastPathComponent,
                hint: "the ending says what is written")
        }
        let clock = ShardClock()
        let survey = try WindowSurvey.survey(archive, selection, subject: url, threads: threads)
        let features = try features(survey)
        let head = WindowTableHead(survey, selection, features: features)
        let range = shard.map { survey.range(of: $0) } ?? survey.recordings.indices
        var rows = WindowRowSource(
            survey, head.content, range, archive: archive, features: features, threads: threads,
            progress: progress)
        // All shards find the same; the first tells.
        let refused = shard?.isFirst ?? true ? survey.refused : []
        let part = shard.map {
            WindowTablePart($0, of: head, range, refused: refused, ending, clock)
        }
        let file = part?.file(of: url) ?? url
        if let part {
            try part.write(to: url, &rows)
        } else {
            StaleFiles.sweep(of: url)
            switch ending {
            case .hdf5: try HDF5WindowFile(head).write(to: url, &rows)
            case .npy: try NumpyWindowFiles(head).write(to: url, &rows)
            case .csv: try CSVWindowFile(head).write(to: url, &rows)
            }
        }
        let recordings = survey.recordings[range]
        return Report(
            windowCount: recordings.reduce(0) { $0 + $1.windows.count },
            recordings: recordings.map(\.entry.id), classes: survey.classes,
            unlabeled: recordings.reduce(into: UnlabeledShare(samples: 0, windows: 0)) {
                $0.samples += $1.unlabeled.samples
                $0.windows += $1.unlabeled.windows
            },
            refused: refused,
            leftOut: recordings.map(\.leftOut.byKind).summed,
            warned: recordings.map(\.warned).summed, file: file,
            tableRecordings: survey.recordings.count)
    }

    private func features(_ survey: WindowSurvey) throws -> SlidingFeatures? {
        guard case .features(let list) = selection.content else { return nil }
        return try SlidingFeatures(
            list.features, window: survey.layout.length, stride: survey.layout.stride,
            samplingRate: survey.samplingRate)
    }
}

extension WindowSurvey {
    /// The recordings of a shard, neighbors, so that the parts in order are the table.
    fileprivate func range(of shard: Shard) -> Range<Int> {
        let bytes = recordings.map {
            $0.header.sampleCount * $0.header.channels.count * MemoryLayout<Float>.stride
        }
        let own = WorkDivision.contiguous(bytes, among: shard.count)
        let items = own.items(of: shard)
        guard let first = items.first else {
            // Where the shards before it end.
            let start = own.shards.count { $0 < shard.index }
            return start..<start
        }
        return first..<first + items.count
    }
}
