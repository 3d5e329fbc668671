internal import Documents
internal import EMGSignal

/// What a description packet says of the samples behind it.
struct SampleDescription {
    /// The channels in order; none when they have no names.
    private(set) var channels: [(name: String, unit: String?)] = []
    /// Samples a second.
    private(set) var samplingRate: SamplingRate?
    /// What int16 is multiplied with.
    private(set) var scale = 1.0
    /// What is added then.
    private(set) var offset = 0.0

    /// Reads a description.
    ///
    /// - Parameter cursor: Where it stands.
    /// - Throws: `DocumentError` with the place of the fault.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(
            allowing: ["channels", "sampling_rate_hz", "scale", "offset"])
        for channel in try object.optional("channels")?.array() ?? [] {
            let members = try channel.object(allowing: ["name", "unit"])
            channels.append(
                (
                    name: try members.required("name").string(),
                    unit: try members.optional("unit")?.string().knownUnit
                ))
        }
        if let rate = object.optional("sampling_rate_hz") {
            let hertz = try rate.number()
            do throws(SignalError) {
                samplingRate = try SamplingRate(hertz: hertz)
            } catch {
                throw rate.error(expected: "a rate in hertz", hint: error.hint)
            }
        }
        scale = try object.optional("scale")?.number() ?? 1
        offset = try object.optional("offset")?.number() ?? 0
    }
}

extension String {
    /// The unit in this package's spelling; the text itself when that is not known.
    var knownUnit: String { UnitTable.reading(of: self)?.unit ?? self }
}
