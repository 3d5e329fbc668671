import EMGArchive
import EMGSignal

/// What all recordings of a collection must share, decided by the majority, so that one odd
/// recording is refused rather than the many others.
struct Consensus: Sendable {
    let samplingRate: SamplingRate
    let channels: [Channel]
    let classNames: [String]
    let conditioning: [String]
    let targets: CollectionManifest.Targets?

    /// Decides over at least one recording.
    init?(of metadata: [MappedMetadata]) {
        self.init(
            of: metadata.map(\.header),
            targets: Self.mostFrequent(metadata.compactMap { $0.targets?.stated }))
    }

    /// Decides over at least one recording.
    init?(of headers: [RecordingHeader], targets: CollectionManifest.Targets? = nil) {
        self.targets = targets
        guard let first = headers.first else { return nil }
        channels = Self.mostFrequent(headers.map(\.channels)) ?? first.channels
        classNames =
            Self.mostFrequent(headers.compactMap { $0.classNames })
            ?? first.classNames ?? []
        conditioning =
            Self.mostFrequent(headers.map { Self.operations($0.history) }) ?? []
        guard let rate = AgreedRate.among(headers.map(\.samplingRate)) else { return nil }
        samplingRate = rate
    }

    /// What a collection that is there says its recordings share.
    init(_ manifest: CollectionManifest) {
        samplingRate = manifest.samplingRate
        channels = manifest.channels
        classNames = manifest.classes
        conditioning = manifest.conditioning.map(\.operation)
        targets = manifest.targets
    }

    /// Checks that a recording is like the others.
    ///
    /// - Throws: ``TaskError`` naming what differs.
    func check(_ metadata: MappedMetadata) throws(TaskError) {
        try check(metadata.header)
        if metadata.targets?.stated != targets {
            throw mismatch(
                "targets", Self.text(of: targets), Self.text(of: metadata.targets?.stated),
                metadata.header, "one collection has one set of targets and units")
        }
    }

    /// Checks that a recording is like the others but for its targets.
    ///
    /// - Throws: ``TaskError`` naming what differs.
    private func check(_ header: RecordingHeader) throws(TaskError) {
        try checkShape(header)
        if let names = header.classNames, names != classNames {
            throw mismatch(
                "classes", classNames.joined(separator: ", "), names.joined(separator: ", "),
                header,
                "one collection has one set of classes; \"classes.order\" states them where some "
                    + "recordings do not have all")
        }
        let operations = Self.operations(header.history)
        if operations != conditioning {
            throw mismatch(
                "conditioning", Self.text(of: conditioning), Self.text(of: operations), header,
                "run the same pipeline over every recording of a collection")
        }
    }

    /// Checks that a recording has the rate and the channels of the others.
    ///
    /// - Throws: ``TaskError`` naming what differs.
    func checkShape(
        _ header: RecordingHeader, for purpose: WindowPurpose = .collection
    ) throws(TaskError) {
        if !header.samplingRate.agrees(with: samplingRate) {
            throw mismatch(
                "sampling rate", "\(samplingRate.hertz) Hz like most recordings",
                "\(header.samplingRate.hertz) Hz", header,
                purpose == .table
                    ? "a table of samples or features has one rate: bring the recordings to one "
                        + "with a stage \"resample\" of myotask filter, or write starts alone "
                        + "(neither --materialize nor --features)"
                    : "build another collection for it, or leave it out with \"include\"")
        }
        if header.channels != channels {
            throw mismatch(
                "channels", Self.text(of: channels), Self.text(of: header.channels), header,
                purpose == .table
                    ? "a table of samples or features has one set of channels and units: write "
                        + "starts alone (neither --materialize nor --features), or window an "
                        + "archive of such recordings by itself"
                    : "one collection has one set of channels and units")
        }
    }

    private static func operations(_ history: [ProcessingStep]) -> [String] {
        history.conditioning.map(\.operation)
    }

    /// The value that occurs most often, the earliest of several.
    private static func mostFrequent<Value: Hashable>(_ values: [Value]) -> Value? {
        var counts: [Value: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        let most = counts.values.max()
        return values.first { counts[$0] == most }
    }

    private static func text(of channels: [Channel]) -> String {
        "\(channels.count) (\(channels.map { "\($0.name) in \($0.unit)" }.joined(separator: ", ")))"
    }

    private static func text(of targets: CollectionManifest.Targets?) -> String {
        guard let targets else { return "none" }
        return targets.columns.map { $0.unit.isEmpty ? $0.name : "\($0.name) in \($0.unit)" }
            .joined(separator: ", ")
    }

    private static func text(of operations: [String]) -> String {
        operations.isEmpty ? "none" : operations.joined(separator: ", ")
    }

    private func mismatch(
        _ what: String, _ expected: String, _ found: String, _ header: RecordingHeader,
        _ hint: String
    ) -> TaskError {
        TaskError(
            .mismatch(what: what, expected: expected, found: found),
            subject: header.identity.id, hint: hint)
    }
}
