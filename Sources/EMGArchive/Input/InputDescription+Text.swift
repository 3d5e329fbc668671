import EMGSignal

extension InputDescription {
    /// The description as JSON on one line, as it stands in a checkpoint's metadata.
    public var json: String { text.compact }

    /// The same with two spaces a level and a final newline.
    public var prettyJSON: String { text.pretty }

    private var text: JSONText {
        var members: [String: JSONText] = [
            "format": .string(Self.format),
            "format_version": .integer(Self.formatVersion),
            "collection": .object([
                "name": .string(collection), "tensors_sha256": .string(tensorsSHA256),
            ]),
            "classes": .array(classes.map { .string($0) }),
            "channels": CollectionManifest.text(of: channels),
            "sampling_rate_hz": .number(samplingRate.hertz),
            "window": window.text,
            "window_seconds": .number(windowSeconds),
            "normalization": normalization.text,
            "conditioning": .array(conditioning.map(\.text)),
            "training": training.text,
            "validation": validation.text,
        ]
        if let quality { members["quality"] = quality.text }
        if let grid { members["grid"] = grid.text }
        if let targets { members["targets"] = targets.text }
        if !badChannels.isEmpty {
            members["bad_channels"] = .array(badChannels.map { .string($0) })
        }
        return .object(members)
    }
}

extension PeopleAndSources {
    fileprivate var text: JSONText {
        .object([
            "people": .array(people.map { .string($0) }),
            "sources": .array(sources.map { .string($0) }),
        ])
    }
}
