private import EMGArchive
package import EMGSignal

/// What a file of predictions says beside its rows.
package struct PredictionHead: Sendable, Hashable {
    /// What the format is called.
    static let format = "myotask.predictions"
    /// Its version.
    static let formatVersion = 1

    /// What a row is of.
    package enum Rows: String, Sendable, Hashable, CaseIterable {
        /// A window.
        case window
        /// A sample: what was decided last, up to it.
        case sample
    }

    /// The recording.
    let recording: String
    let sampleCount: Int
    let samplingRate: SamplingRate
    let source: SourceFile
    let classes: [String]
    let stride: Int
    /// What a row is of.
    let rows: Rows
    /// How many rows there are.
    let count: Int
    /// The SHA-256 of the bundle.
    let bundle: String

    /// Describes the predictions of a recording.
    ///
    /// - Parameters:
    ///   - header: The recording's header.
    ///   - decoder: What decides.
    ///   - rows: What a row is of.
    ///   - digest: The SHA-256 of the bundle.
    package init(
        _ header: RecordingHeader, by decoder: RecordingDecoder, rows: Rows, bundle digest: String
    ) {
        recording = header.identity.id
        sampleCount = header.sampleCount
        samplingRate = header.samplingRate
        source = header.source
        classes = decoder.bundle.input.classes
        stride = decoder.bundle.input.window.stride
        self.rows = rows
        count =
            rows == .sample
            ? header.sampleCount : decoder.decisionCount(sampleCount: header.sampleCount)
        bundle = digest
    }
}
