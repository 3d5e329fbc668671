internal import EMGSignal
public import Foundation

/// Takes a source in: what is the same for every format. Reads the streams of its reader, settles
/// the sampling rate, looks at the quality, and writes the history.
package struct Ingestion: Sendable {
    /// The format.
    package let reader: any RecordingReader
    /// What the caller knows.
    package var options: ReadOptions

    /// Creates an ingestion.
    package init(reader: any RecordingReader, options: ReadOptions) {
        self.reader = reader
        self.options = options
    }

    /// The part of the work that is done when a source has been read.
    package static let readingShare = 0.5

    /// How many bytes of a recording's rows are kept in memory by ``take(_:progress:)``.
    package var memoryBudget = 32 << 20
    /// Where the rows beyond the budget are kept, in files without a name.
    package var spoolFolder = FileManager.default.temporaryDirectory

    /// Reads a source's first part into memory.
    ///
    /// - Parameter url: The file or folder.
    /// - Returns: The recording and its warnings.
    /// - Throws: ``IngestError`` with the place of the first fault.
    package func read(_ url: URL) throws(IngestError) -> IngestOutcome {
        var whole = self
        whole.memoryBudget = .max
        whole.options.parts = options.parts == .all ? .main : options.parts
        guard let taken = try whole.take(url).first, let rows = taken.rows.takeRows() else {
            throw nothing(in: url)
        }
        let header = taken.header
        do throws(SignalError) {
            var labels: LabelTrack?
            if let names = header.classNames {
                labels = try LabelTrack(classNames: names, values: rows.labels)
            }
            let recording = try Recording(
                header.description,
                samples: SampleMatrix(
                    values: rows.samples, channelCount: header.channels.count),
                labels: labels, timeStamps: header.hasTimeStamps ? rows.timeStamps : nil,
                targets: [TargetTrack](header.targets, rows: rows.targets))
            return IngestOutcome(
                recording: recording, scaling: header.scaling, warnings: taken.warnings)
        } catch {
            throw IngestError(
                .inconsistent(expected: "labels with names", found: error.description),
                at: SourceLocation(file: url.relativePath))
        }
    }

    /// Takes every part of a source in that the options ask for, in bounded memory.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - progress: Called now and then with the part that is done, from 0 to 1.
    /// - Returns: At least one recording, the main part first.
    /// - Throws: ``IngestError`` with the place of the first fault.
    package func take(
        _ url: URL, progress: (Double) -> Void = { _ in }
    ) throws(IngestError) -> [IngestedRecording] {
        do throws(IngestError) {
            return try takeParts(of: url, progress: progress)
        } catch {
            throw error.concealingContent(of: url)
        }
    }

    private func takeParts(
        of url: URL, progress: (Double) -> Void
    ) throws(IngestError) -> [IngestedRecording] {
        var options = options
        // What is going to be repaired is not refused.
        if options.repairSeconds != nil { options.missing = .markAsMissing }
        let stated = try reader.settledIdentity(of: url, options: options)
        let streams = try reader.open(url, options: options)
        guard !streams.isEmpty else { throw nothing(in: url) }
        var taken: [IngestedRecording] = []
        var sha256: String?
        for (index, stream) in streams.enumerated() {
            let part = StreamIngestion(
                ingestion: self, stream: stream, url: url, stated: stated)
            taken.append(
                try part.take(sha256: &sha256) { fraction in
                    progress(
                        (Double(index) * Self.readingShare + fraction) / Double(streams.count))
                })
        }
        return taken
    }

    private func nothing(in url: URL) -> IngestError {
        IngestError(
            .noSamples(found: "no recording in it"), at: SourceLocation(file: url.relativePath))
    }
}

extension RecordingReader {
    /// Reads a source's first part into memory and looks at its quality.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    /// - Returns: The recording and its warnings.
    /// - Throws: ``IngestError`` with the place of the first fault.
    public func read(_ url: URL, options: ReadOptions = ReadOptions()) throws(IngestError)
        -> IngestOutcome
    {
        try Ingestion(reader: self, options: options).read(url)
    }
}
