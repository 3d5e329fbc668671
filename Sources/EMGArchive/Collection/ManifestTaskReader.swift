import Documents
import EMGSignal
import PrintableText

/// Reads one task of a manifest.
struct ManifestTaskReader {
    private let object: DocumentObject
    private let classCount: Int
    private let channelCount: Int
    private let guardSamples: Int

    private static let members = [
        "id", "patient", "session", "condition", "run", "effective_rate_hz", "sample_count",
        "source", "support", "query", "normalization", "tensor",
        "quality", "unlabeled",
    ]

    init(
        _ cursor: DocumentCursor, classCount: Int, channelCount: Int, guardSamples: Int
    ) throws(DocumentError) {
        object = try cursor.object(allowing: Self.members)
        self.classCount = classCount
        self.channelCount = channelCount
        self.guardSamples = guardSamples
    }

    func task() throws(DocumentError) -> CollectionManifest.Entry {
        let identity = try identity()
        let sampleCount = try object.required("sample_count").integer(in: 1 ... .max)
        let support = try portion("support", sampleCount: sampleCount)
        let query = try portion("query", sampleCount: sampleCount)
        try checkApart(support.ranges, query.ranges)
        return CollectionManifest.Entry(
            identity: identity,
            effectiveRate: try ManifestReader.rate(object.required("effective_rate_hz")),
            sampleCount: sampleCount, source: try source(), support: support, query: query,
            normalization: try coefficients(), tensor: try location(of: identity),
            quality: try quality(sampleCount: sampleCount),
            unlabeled: try unlabeled(sampleCount: sampleCount))
    }

    private func unlabeled(
        sampleCount: Int
    ) throws(DocumentError) -> CollectionManifest.Unlabeled? {
        guard let member = object.optional("unlabeled") else { return nil }
        let counts = try member.object(allowing: ["samples", "windows"])
        return CollectionManifest.Unlabeled(
            samples: try counts.required("samples").integer(in: 0...sampleCount),
            windows: try counts.required("windows").integer(in: 0...sampleCount))
    }

    private func quality(sampleCount: Int) throws(DocumentError) -> [QualityInterval] {
        guard let list = object.optional("quality") else { return [] }
        var result: [QualityInterval] = []
        for cursor in try list.array() {
            let interval = try cursor.object(allowing: ["kind", "range", "channel"])
            let name = try interval.required("kind")
            let known = try Self.kind(name.string(), at: name)
            result.append(
                QualityInterval(
                    range: try Self.range(
                        interval.required("range"), sampleCount: sampleCount, mayBeEmpty: true),
                    channel: try interval.optional("channel")?.integer(in: 0...channelCount - 1),
                    kind: known))
        }
        return result
    }

    private static func kind(
        _ name: String, at cursor: DocumentCursor
    ) throws(DocumentError) -> QualityInterval.Kind {
        let kinds = QualityInterval.Kind.allCases
        guard let kind = kinds.first(where: { $0.name == name }) else {
            throw cursor.error(
                expected: "one of " + kinds.map(\.name).joined(separator: ", "))
        }
        return kind
    }

    private func identity() throws(DocumentError) -> RecordingIdentity {
        let patient = try object.required("patient").string()
        let session = try object.required("session").string()
        let condition = try object.required("condition").string()
        let run = try object.required("run").string()
        let identity: RecordingIdentity
        do throws(SignalError) {
            identity = try RecordingIdentity(
                patient: patient, session: session, condition: condition, run: run)
        } catch {
            guard case .unusableName(let part, _) = error.kind else {
                throw object.cursor.error(expected: "a recording's name", hint: error.hint)
            }
            throw try object.required(part).error(
                expected: "a name that can be a file's", hint: error.hint)
        }
        let id = try object.required("id")
        guard try id.string() == identity.id else {
            throw id.error(
                expected: "\"\(identity.id)\", made of patient, session, condition and run",
                hint: "correct the id or its parts")
        }
        return identity
    }

    private func source() throws(DocumentError) -> SourceFile {
        let source = try object.required("source").object(allowing: ["name", "sha256"])
        return SourceFile(
            name: try source.required("name").string(),
            sha256: try ManifestReader.sha256(source.required("sha256")))
    }

    private func location(
        of identity: RecordingIdentity
    ) throws(DocumentError) -> CollectionManifest.TensorLocation {
        let tensor = try object.required("tensor").object(allowing: ["path", "sha256"])
        let path = try tensor.required("path")
        let expected = CollectionManifest.TensorLocation.path(of: identity)
        guard try path.string() == expected else {
            throw path.error(expected: "\"\(expected)\"", hint: "a task lies under its own id")
        }
        return CollectionManifest.TensorLocation(
            path: expected, sha256: try ManifestReader.sha256(tensor.required("sha256")))
    }

    private func coefficients() throws(DocumentError) -> CollectionManifest.Coefficients {
        let normalization = try object.required("normalization").object(
            allowing: ["offset", "scale"])
        func numbers(
            _ member: String, in bounds: ClosedRange<Double>
        ) throws(DocumentError) -> [Double] {
            let cursor = try normalization.required(member)
            var numbers: [Double] = []
            for element in try cursor.array() {
                numbers.append(try element.number(in: bounds))
            }
            guard numbers.count == channelCount else {
                throw cursor.error(
                    expected: "one number for each of \(channelCount, of: "channel")")
            }
            return numbers
        }
        let largest = Double.greatestFiniteMagnitude
        return CollectionManifest.Coefficients(
            offset: try numbers("offset", in: -largest...largest),
            scale: try numbers("scale", in: .leastNonzeroMagnitude...largest))
    }

    // MARK: Support and query

    private func portion(
        _ member: String, sampleCount: Int
    ) throws(DocumentError) -> CollectionManifest.Portion {
        let portion = try object.required(member).object(
            allowing: ["ranges", "windows", "windows_per_class", "left_out"])
        var ranges: [SampleRange] = []
        for cursor in try portion.required("ranges").array() {
            let range = try Self.range(cursor, sampleCount: sampleCount)
            guard range.start >= (ranges.last?.end ?? 0) else {
                throw cursor.error(
                    expected: "a range that begins at or after the end of the one before",
                    found: Self.text(range), hint: "sort the ranges; none may overlap another")
            }
            ranges.append(range)
        }
        let windows = try portion.required("windows").integer(in: 0 ... .max)
        let perClass = try portion.required("windows_per_class")
        var counts: [Int] = []
        for cursor in try perClass.array() {
            // No count can be larger than their sum, which keeps the sum from overflowing.
            counts.append(try cursor.integer(in: 0...windows))
        }
        guard counts.count == classCount else {
            throw perClass.error(
                expected: "one count for each of \(classCount, of: "class", plural: "classes")")
        }
        var leftOut: [QualityInterval.Kind: Int] = [:]
        for (name, cursor) in try portion.optional("left_out")?.object().entries ?? [] {
            leftOut[try Self.kind(name, at: cursor)] = try cursor.integer(in: 1...sampleCount)
        }
        // Without classes nothing is counted.
        if classCount == 0 {
            return CollectionManifest.Portion(
                ranges: ranges, windows: windows, windowsPerClass: [], leftOut: leftOut)
        }
        var left = windows
        for count in counts {
            guard count <= left else {
                throw perClass.error(expected: "counts that add up to \(windows, of: "window")")
            }
            left -= count
        }
        guard left == 0 else {
            throw perClass.error(expected: "counts that add up to \(windows, of: "window")")
        }
        return CollectionManifest.Portion(
            ranges: ranges, windows: windows, windowsPerClass: counts, leftOut: leftOut)
    }

    private static func range(
        _ cursor: DocumentCursor, sampleCount: Int, mayBeEmpty: Bool = false
    ) throws(DocumentError) -> SampleRange {
        let ends = try cursor.array()
        guard ends.count == 2 else { throw cursor.error(expected: "[start, end]") }
        let start = try ends[0].integer(in: 0...sampleCount)
        let end = try ends[1].integer(in: 0...sampleCount)
        guard start < end || mayBeEmpty && start == end else {
            throw cursor.error(
                expected: "a start below the end", found: "\(start) and \(end)")
        }
        return SampleRange(start: start, end: end)
    }

    /// No sample is in both parts, and as many samples as the manifest says lie between them.
    private func checkApart(
        _ support: [SampleRange], _ query: [SampleRange]
    ) throws(DocumentError) {
        let cursors = try object.required("query").object().required("ranges").array()
        for (range, cursor) in zip(query, cursors) {
            for other in support {
                guard !range.overlaps(other) else {
                    throw cursor.error(
                        expected: "a range apart from the support's \(Self.text(other))",
                        found: Self.text(range),
                        hint: "what a model adapts to cannot be what it is evaluated on")
                }
                let distance = max(range.start - other.end, other.start - range.end)
                guard distance >= guardSamples else {
                    throw cursor.error(
                        expected:
                            "\(guardSamples, of: "sample") or more from the support's "
                            + Self.text(other),
                        found: "\(distance)", hint: "$.split.guard says how many lie between")
                }
            }
        }
    }

    private static func text(_ range: SampleRange) -> String { "[\(range.start), \(range.end)]" }
}

extension CollectionManifest.TensorLocation {
    /// The group in which a task lies.
    static func path(of identity: RecordingIdentity) -> String { "/tasks/\(identity.id)" }
}
