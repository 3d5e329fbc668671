public import Documents
import EMGSignal

extension InputDescription {
    private static let members = [
        "format", "format_version", "collection", "classes", "channels", "grid",
        "sampling_rate_hz", "window", "window_seconds", "normalization", "conditioning", "targets",
        "bad_channels", "quality", "training", "validation",
    ]

    /// Reads a description that comes from anywhere.
    ///
    /// - Parameter document: JSON, such as a checkpoint's metadata `input` or a run's `input.json`.
    /// - Throws: `DocumentError` with the place of the fault.
    public init(_ document: Document) throws(DocumentError) {
        // What it is comes first: a document of another kind has other members.
        let anything = try document.cursor.object()
        _ = try anything.required("format").choice([Self.format: true])
        let version = try anything.required("format_version")
        guard try version.integer() == Self.formatVersion else {
            throw version.error(
                expected: "\(Self.formatVersion)",
                hint: "read it with the version of myotask that wrote it, or newer")
        }
        let top = try document.cursor.object(allowing: Self.members)
        let collection = try top.required("collection")
            .object(allowing: ["name", "tensors_sha256"])
        let channels = try ManifestReader.channels(top.required("channels"))
        let rate = try ManifestReader.rate(top.required("sampling_rate_hz"))
        let window = try ManifestReader.window(top.required("window"))
        let seconds = try top.required("window_seconds")
        let expected = rate.seconds(ofSamples: window.length)
        guard abs(try seconds.number() - expected) <= 1e-9 * expected else {
            throw seconds.error(expected: "\(expected), as length and rate say")
        }
        self.channels = channels
        self.window = window
        samplingRate = rate
        self.collection = try ManifestReader.nonEmpty(collection.required("name"))
        tensorsSHA256 = try ManifestReader.sha256(collection.required("tensors_sha256"))
        classes = try ManifestReader.classes(top.required("classes"))
        grid = try ManifestReader.grid(top.optional("grid"), channelCount: channels.count)
        normalization = try ManifestReader.normalization(top.required("normalization"))
        quality = try top.optional("quality").map { (cursor) throws(DocumentError) in
            try QualityPolicy(cursor)
        }
        conditioning = try ManifestReader.steps(top.required("conditioning"))
        targets = try ManifestReader.targets(top.optional("targets"))
        badChannels = try Self.badChannels(top.optional("bad_channels"), of: channels)
        training = try PeopleAndSources(top.required("training"))
        validation = try PeopleAndSources(top.required("validation"))
    }

    private static func badChannels(
        _ cursor: DocumentCursor?, of channels: [Channel]
    ) throws(DocumentError) -> [String] {
        guard let cursor else { return [] }
        let known = Set(channels.map(\.name))
        var names: [String] = []
        for element in try cursor.array() {
            let name = try element.string()
            guard known.contains(name) else {
                throw element.error(expected: "the name of a channel")
            }
            names.append(name)
        }
        return names
    }
}

extension PeopleAndSources {
    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["people", "sources"])
        func hashes(_ name: String) throws(DocumentError) -> [String] {
            var hashes: [String] = []
            for element in try object.required(name).array() {
                hashes.append(try ManifestReader.sha256(element))
            }
            return hashes
        }
        self.init(people: try hashes("people"), sources: try hashes("sources"))
    }
}
