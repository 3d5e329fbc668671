package import Documents
private import EMGArchive
private import EMGFilters
private import EMGSignal
private import PrintableText

extension DecoderBundle {
    /// What it is, on a line for people.
    package var line: String {
        let rate = input.samplingRate
        let stages = pipeline.stages.map(\.key).joined(separator: ", ")
        return "\(origin.method) decoder, \(channelCount, of: "channel") at \(rate.hertz) Hz, "
            + (stages.isEmpty ? "no conditioning" : stages)
            + ", windows of \(rate.seconds(ofSamples: input.window.length)) s every "
            + "\(rate.seconds(ofSamples: input.window.stride)) s, classes "
            + input.classes.joined(separator: ", ")
    }

    /// What it is, for programs.
    ///
    /// - Parameter place: Its file.
    /// - Returns: The document.
    package func summary(at place: String) -> DocumentValue {
        .object([
            "bundle": .string(place), "sha256": .string(sha256), "decoder": description.document,
            "card": .string(card),
        ])
    }
}
