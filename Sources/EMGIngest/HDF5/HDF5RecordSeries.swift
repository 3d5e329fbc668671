internal import EMGSignal
internal import Foundation
internal import HDF5

/// A dataset of records, one a sample, whose members are the time, the channels and a target.
struct HDF5RecordSeries {
    /// The file.
    let source: HDF5Source
    /// What a record consists of.
    let members: HDF5Members
    private let path: String
    private let records: OpenRecords

    /// Opens a dataset.
    ///
    /// - Throws: ``IngestError`` when it is not there or holds no records.
    init(_ url: URL, _ path: String) throws(IngestError) {
        let source = try HDF5Source(url)
        _ = try source.metadata(of: path)
        let records = try source.attempt { (file) throws(HDF5Error) in try file.records(path) }
        self.source = source
        self.path = path
        self.records = records
        members = HDF5Members(records, in: source)
    }

    /// Where the dataset is, or a member of it.
    func location(of member: String? = nil) -> SourceLocation {
        source.location(path, field: member)
    }

    /// What is known of the recording before it is read; its rate is given by the records' times.
    func metadata(
        _ channels: [Channel], rate: StreamMetadata.Rate? = nil,
        details: [String: ProcessingStep.Value] = [:], warnings: [IngestWarning]
    ) -> StreamMetadata {
        var metadata = StreamMetadata(
            channels: channels,
            rate: rate ?? .unknown(reason: "there are no two times that go forward"),
            hasTimeStamps: true, sampleCount: records.count,
            details: details.merging(["samples_from": .text(path)]) { $1 })
        metadata.warnings = warnings
        return metadata
    }

    /// Angles as a target.
    func angles(_ name: String, unit: String, count: Int) throws(IngestError) -> TargetDescription {
        try TargetDescription(
            target: name, unit: unit, dimensions: TargetDescription.names("angle", count: count),
            at: location(of: name))
    }

    /// The recording; there are no labels.
    func stream(
        _ metadata: StreamMetadata, _ rows: (OpenRecords) -> RecordRows,
        notes: @escaping @Sendable (any HDF5Rows) -> StreamNotes = { _ in StreamNotes() },
        options: ReadOptions
    ) -> HDF5Stream {
        HDF5Stream(
            source, metadata,
            HDF5Stream.Parts(
                rows: rows(records), labels: HDF5Labels(.none, in: source), count: records.count,
                object: path, notes: notes),
            options: options)
    }
}
