package import EMGSignal

extension CollectionManifest {
    /// One of several recordings of a person that a task is made of, one after the other in the
    /// task's samples.
    package struct TaskRecording: Sendable, Hashable {
        /// What a recording is for.
        package enum Part: String, Sendable, Hashable, CaseIterable {
            /// The support comes from it.
            case support
            /// The query comes from it.
            case query
            /// It was made before, for methods that may know the person's earlier recordings.
            case earlier
        }

        /// The recording's id, `patient/session/condition[-run]`.
        package var id: String
        /// What it is for.
        package var part: Part
        /// The file that the laboratory recorded.
        package var source: SourceFile
        /// Its samples among those of the task.
        package var range: SampleRange

        /// Creates a recording of a task.
        package init(id: String, part: Part, source: SourceFile, range: SampleRange) {
            self.id = id
            self.part = part
            self.source = source
            self.range = range
        }
    }
}

extension CollectionManifest.Entry {
    /// The samples of the recording that a sample is in: those of the task when it is one
    /// recording.
    ///
    /// - Parameter sample: A sample of the task.
    /// - Returns: The recording's samples among those of the task.
    package func recordingRange(at sample: Int) -> SampleRange {
        recordings.map(\.range).first { $0.start <= sample && sample < $0.end }
            ?? SampleRange(start: 0, end: sampleCount)
    }

    /// The files of all its recordings.
    package var sources: [SourceFile] {
        recordings.isEmpty ? [source] : recordings.map(\.source)
    }
}
