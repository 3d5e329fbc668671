package import EMGArchive
package import EMGFilters
package import EMGSignal

/// Designs a pipeline for the recordings of an archive: fits what is to be fitted on other
/// recordings, and uses the filters of the recording before where they are the same.
package struct ConditioningDesigner: Sendable {
    /// A pipeline that is ready for one recording.
    package struct Design: Sendable {
        /// The stages, designed.
        package let chain: ConditioningChain
        let references: [ConditioningReferences.Reference]

        /// Conditions the recording it was designed for.
        ///
        /// - Parameters:
        ///   - recording: The recording; give it away to have it changed in place.
        ///   - threads: How many threads at most, at least 1.
        /// - Returns: The recording, conditioned; its history says what was done and what amplitudes
        ///   were fitted on.
        /// - Throws: `FilterError` when the chain cannot be applied.
        package func apply(
            to recording: consuming Recording, threads: Int = 1
        ) throws(FilterError) -> Recording {
            var result = try chain.apply(to: recording, threads: threads)
            let first = result.history.count - chain.stages.count
            for reference in references {
                let step = result.history[first + reference.stage]
                var parameters = step.parameters
                parameters["reference_recording"] = .text(reference.id)
                parameters["reference_source_sha256"] = .text(reference.sha256)
                for (name, value) in reference.parameters {
                    parameters["reference_\(name)"] = value
                }
                result.history[first + reference.stage] = ProcessingStep(
                    operation: step.operation, parameters: parameters, software: step.software)
            }
            return result
        }
    }

    /// The recordings of the archive, in its order.
    package let entries: [RecordingArchive.Entry]
    private let archive: RecordingArchive
    private let pipeline: ConditioningPipeline
    private let threads: Int
    /// Where stages name recordings that they are fitted on.
    private var references: ConditioningReferences?
    private var last: ConditioningChain?

    /// Looks what an archive holds.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - pipeline: What should be done to each of them.
    ///   - threads: How many threads work, at least 1.
    /// - Throws: `ArchiveError` when the archive's folder cannot be used at all.
    package init(
        archive: RecordingArchive, pipeline: ConditioningPipeline, threads: Int = 1
    ) throws(ArchiveError) {
        entries = try archive.recordings()
        self.archive = archive
        self.pipeline = pipeline
        self.threads = threads
        if !pipeline.referenceRecordings.isEmpty {
            references = ConditioningReferences(
                archive: archive, pipeline: pipeline, entries: entries, threads: threads)
        }
    }

    /// Reads a recording.
    ///
    /// - Parameter entry: One of ``entries``.
    /// - Returns: The recording.
    /// - Throws: `ArchiveError` that says what is wrong where.
    package func read(_ entry: RecordingArchive.Entry) throws(ArchiveError) -> Recording {
        try archive.read(entry)
    }

    /// Looks for mains hum in a recording.
    ///
    /// - Parameter recording: The recording, as it is.
    /// - Returns: What stands out, and whether the pipeline takes it out.
    package func hum(in recording: Recording) -> ConditioningHum {
        ConditioningHum(recording, pipeline: pipeline, threads: threads)
    }

    /// Designs the pipeline for a recording of the archive.
    ///
    /// - Parameter recording: The recording.
    /// - Returns: What ``Design/apply(to:threads:)`` conditions it with.
    /// - Throws: `FilterError` when the pipeline does not fit the recording, or there is no recording
    ///   of a name that amplitudes should come from; `ArchiveError` when that cannot be read.
    package mutating func design(for recording: Recording) throws -> Design {
        let fitted = try references?.pipeline(for: recording)
        let chain = try (fitted?.pipeline ?? pipeline).design(for: recording, reusing: last)
        last = chain
        return Design(chain: chain, references: fitted?.references ?? [])
    }
}
