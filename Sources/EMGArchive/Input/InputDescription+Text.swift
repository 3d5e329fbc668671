import Documents
import EMGSignal

extension InputDescription {
    /// The description as JSON on one line, as it stands in a checkpoint's metadata.
    public var json: String { document.json(.canonical) }

    /// The same with two spaces a level and a final newline.
    public var prettyJSON: String { document.json(.sorted) }

    private var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "format": .string(Self.format),
            "format_version": .integer(Self.formatVersion),
            "collection": .object([
                "name": .string(collection), "tensors_sha256": .string(tensorsSHA256),
            ]),
            "classes": .strings(classes),
            "channels": CollectionManifest.document(of: channels),
            "sampling_rate_hz": .number(samplingRate.hertz),
            "window": window.document,
            "window_seconds": .number(windowSeconds),
            "normalization": normalization.document,
            "conditioning": .array(conditioning.map(\.document)),
            "training": training.document,
            "validation": validation.document,
        ]
        if let quality { members["quality"] = quality.document }
        if let grid { members["grid"] = grid.document }
        if let targets { members["targets"] = targets.document }
        if !badChannels.isEmpty {
            members["bad_channels"] = .strings(badChannels)
        }
        return .object(sorted: members)
    }
}

extension PeopleAndSources {
    fileprivate var document: DocumentValue {
        .object([
            "people": .strings(people),
            "sources": .strings(sources),
        ])
    }
}
