package import EMGArchive
package import EMGSignal

/// Decodes recordings of an archive: by the same decoder as samples that come from a device, and to
/// the same bits.
package struct RecordingDecoder: Sendable {
    /// What is decoded by.
    package let bundle: DecoderBundle
    /// What each recording's windows are scored with while they are read, at rest: arranging a model
    /// takes longer than decoding a short recording.
    private let streamed: (any StreamedScorer)?

    /// Prepares decoding.
    ///
    /// - Parameter bundle: What is decoded by.
    package init(_ bundle: DecoderBundle) {
        self.bundle = bundle
        streamed = bundle.model.makeStreamedScorer(stride: bundle.input.window.stride)
    }

    /// A decoder for a recording.
    ///
    /// - Parameters:
    ///   - header: The recording's header.
    ///   - place: The recording, for messages.
    /// - Returns: The decoder, at rest.
    /// - Throws: ``DecodingError`` for a recording that the bundle was not made for.
    package func decoder(
        for header: RecordingHeader, at place: String
    ) throws(DecodingError) -> Decoder {
        try bundle.check(channels: header.channels, rate: header.samplingRate, at: place)
        return try Decoder(
            bundle.isConditioned(header.history, at: place) ? bundle.withoutConditioning : bundle,
            streamed: streamed)
    }

    /// How many decisions a recording has.
    ///
    /// - Parameter sampleCount: Its samples.
    /// - Returns: The number of windows.
    package func decisionCount(sampleCount: Int) -> Int {
        let window = bundle.input.window
        return sampleCount < window.length
            ? 0 : (sampleCount - window.length) / window.stride + 1
    }

    /// Begins to decode a recording.
    ///
    /// - Parameters:
    ///   - rows: The recording.
    ///   - place: The recording, for messages.
    /// - Returns: Its decisions.
    /// - Throws: ``DecodingError`` for a recording that the bundle was not made for.
    package func decisions(
        of rows: RecordingRowsFile, at place: String
    ) throws(DecodingError) -> RecordingDecisions {
        RecordingDecisions(rows, decoder: try decoder(for: rows.header, at: place))
    }
}
