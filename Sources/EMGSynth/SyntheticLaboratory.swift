private import ErrorReports
private import Files
public import Foundation
private import Parallel

/// The folder of a laboratory that does not exist.
public struct SyntheticLaboratory: Sendable, Hashable {
    /// What it recorded.
    public let plan: LaboratoryPlan

    /// Creates a laboratory.
    ///
    /// - Parameter plan: What it recorded.
    /// - Throws: ``SynthError`` when the plan makes no sense.
    public init(_ plan: LaboratoryPlan) throws(SynthError) {
        try plan.validate()
        self.plan = plan
    }

    /// The bytes of one recording's table.
    ///
    /// - Parameter planned: One of the plan's ``LaboratoryPlan/recordings``.
    /// - Returns: A table in the ROAM layout.
    /// - Throws: ``SynthError`` when the plan makes no sense.
    package func table(_ planned: PlannedRecording) throws(SynthError) -> [UInt8] {
        let recording = try SyntheticRecording(planned, of: plan)
        return SyntheticTable(recording, planned: planned, plan: plan).bytes
    }

    /// Writes every recording to `<folder>/<YYYY_MM_DD_pN>/pN_CCC.csv`.
    ///
    /// A file that is there already with the same bytes is left alone; one with other bytes is
    /// never overwritten. Each file appears whole or not at all.
    ///
    /// - Parameters:
    ///   - folder: The laboratory's folder; made when it is not there.
    ///   - threads: How many recordings are made at once, at least 1.
    /// - Returns: The files, in the order of the plan.
    /// - Throws: ``SynthError`` when a file cannot be written.
    @discardableResult
    public func write(to folder: URL, threads: Int = 1) throws(SynthError) -> [URL] {
        let recordings = plan.recordings
        return try concurrentMap(count: recordings.count, threads: threads) {
            (index) throws(SynthError) in
            let url = folder.appending(path: recordings[index].path)
            try Self.write(try table(recordings[index]), to: url)
            return url
        }
    }

    /// Writes when the muscles really work, a table of events for each recording, to
    /// `<folder>/<YYYY_MM_DD_pN>/pN_CCC_events.tsv`: what an onset detection can be held against.
    ///
    /// - Parameters:
    ///   - folder: Where the tables go; made when it is not there.
    ///   - threads: How many recordings are simulated at once, at least 1.
    /// - Returns: The files, in the order of the plan.
    /// - Throws: ``SynthError`` when a file cannot be written.
    @discardableResult
    public func writeMovements(
        to folder: URL, threads: Int = 1
    ) throws(SynthError) -> [URL] {
        let recordings = plan.recordings
        return try concurrentMap(count: recordings.count, threads: threads) {
            (index) throws(SynthError) in
            let planned = recordings[index]
            let movements = try SyntheticRecording(planned, of: plan).movements
            let url = folder.appending(path: planned.eventsPath)
            try Self.write(SyntheticMovement.table(movements), to: url)
            return url
        }
    }

    private static func write(_ bytes: [UInt8], to url: URL) throws(SynthError) {
        let path = url.relativePath
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            do throws(FilesError) {
                return try AtomicFile.write(bytes, to: url)
            } catch {
                throw SynthError(error.at(path))
            }
        }
        do {
            if try Data(contentsOf: url) == Data(bytes) { return }
        } catch {
            throw SynthError(
                .unwritable(path: path, reason: SystemReason.of(error)))
        }
        throw SynthError(
            .alreadyExists(path: path), hint: "write to another folder or remove the file")
    }
}
