private import EMGArchive
private import EMGFilters
package import EMGSignal
private import PrintableText

extension DecoderBundle {
    /// Refuses samples of other channels or of another rate than the bundle was made for.
    ///
    /// - Parameters:
    ///   - found: The channels in the order of the samples' columns; a unit that is not known is
    ///     empty and taken at its word.
    ///   - rate: Their rate.
    ///   - place: What they come from, for messages.
    /// - Throws: ``DecodingError`` that names the first difference and both values.
    package func check(
        channels found: [Channel], rate: SamplingRate, at place: String
    ) throws(DecodingError) {
        let own = input.channels
        guard own.count == found.count else {
            throw DecodingError(
                .otherInput(
                    property: "channels",
                    expected: "\(own.count, of: "channel") (\(NameList(own.map(\.name))))",
                    found: "\(found.count) (\(NameList(found.map(\.name))))"),
                at: place, hint: "give samples of the bundle's channels, in their order")
        }
        for (index, (one, other)) in zip(own, found).enumerated() {
            guard one.name == other.name else {
                let isReordered = Set(own.map(\.name)) == Set(found.map(\.name))
                throw DecodingError(
                    .otherInput(
                        property: isReordered ? "the order of channels" : "channels",
                        expected: "\(one.name) at place \(index + 1)", found: other.name),
                    at: place,
                    hint: isReordered
                        ? "give them in the order \(NameList(own.map(\.name)))"
                        : "give samples of the channels \(NameList(own.map(\.name)))")
            }
            guard one.unit == other.unit || one.unit.isEmpty || other.unit.isEmpty else {
                throw DecodingError(
                    .otherInput(
                        property: "the unit of \(one.name)", expected: one.unit, found: other.unit),
                    at: place, hint: "give samples in \(one.unit)")
            }
        }
        guard input.samplingRate.agrees(with: rate) else {
            throw DecodingError(
                .otherInput(
                    property: "sampling rate",
                    expected: "\(input.samplingRate.hertz) Hz", found: "\(rate.hertz) Hz"),
                at: place, hint: "give samples at the bundle's rate")
        }
    }

    /// Whether a recording has been conditioned already, just as the bundle conditions.
    ///
    /// - Parameters:
    ///   - history: The recording's history.
    ///   - place: The recording, for messages.
    /// - Returns: `false` for one that the bundle's conditioning is still to be applied to.
    /// - Throws: ``DecodingError`` for one that has been conditioned otherwise.
    package func isConditioned(
        _ history: [ProcessingStep], at place: String
    ) throws(DecodingError) -> Bool {
        let steps = history.conditioning
        if steps.isEmpty { return pipeline.stages.isEmpty }
        guard steps.map(\.withoutFindings.parameters) == input.conditioning.map(\.parameters),
            steps.map(\.operation) == input.conditioning.map(\.operation)
        else {
            throw DecodingError(
                .otherInput(
                    property: "conditioning",
                    expected: NameList(input.conditioning.map(\.operation)).description,
                    found: NameList(steps.map(\.operation)).description),
                at: place,
                hint: "give the recordings as they were converted, which the bundle conditions "
                    + "itself")
        }
        return true
    }
}
