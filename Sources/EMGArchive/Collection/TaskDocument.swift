import Documents
import EMGSignal
import PrintableText
import TaskDraws

/// A task as it stands in a manifest, with what the bounds of its members depend on.
struct TaskDocument: Described {
    /// What the collection says that its tasks are held against.
    struct Bounds {
        var classCount = 0
        var channelCount = 1
        var guardSamples = 0
    }

    var bounds = Bounds()
    private var (id, patient, session, condition, run) = ("", "", "", "", "")
    private var effectiveRate = SamplingRate.one
    var sampleCount = 1
    var source = SourceFile(name: "", sha256: "")
    var support = PortionDocument()
    var query = PortionDocument()
    private var normalization = CollectionManifest.Coefficients(offset: [], scale: [])
    private var tensor = CollectionManifest.TensorLocation(path: "", sha256: "")
    private var quality: [QualityInterval] = []
    private var unlabeled: CollectionManifest.Unlabeled?
    var recordings: [CollectionManifest.TaskRecording] = []
    var earlier: PortionDocument?
    var draw = TaskDraw()

    init() {}

    /// A task that is to be written.
    init(_ entry: CollectionManifest.Entry) {
        id = entry.id
        patient = entry.identity.patient
        session = entry.identity.session
        condition = entry.identity.condition
        run = entry.identity.run
        effectiveRate = entry.effectiveRate
        sampleCount = entry.sampleCount
        source = entry.source
        support = PortionDocument(entry.support)
        query = PortionDocument(entry.query)
        normalization = entry.normalization
        tensor = entry.tensor
        quality = entry.quality
        unlabeled = entry.unlabeled
        recordings = entry.recordings
        earlier = entry.earlier.map(PortionDocument.init)
        draw = entry.draw
    }

    /// The members; what others are held against stands before them.
    static let fields: Fields<Self> = [
        Field(
            "id", \.id, .id,
            "`patient/session/condition`, with `-run` behind it when `run` is "
                + "not empty.", isRequired: true),
        Field("patient", \.patient, .part, "The person.", isRequired: true),
        Field("session", \.session, .part, "The visit.", isRequired: true),
        Field("condition", \.condition, .part, "What was done.", isRequired: true),
        Field(
            "run", \.run, .part, "The repetition; empty when there is one only.", isRequired: true),
        Field(
            "effective_rate_hz", \.effectiveRate, .hertz,
            "The rate at which the samples really change, in hertz.", isRequired: true),
        Field(
            "sample_count", \.sampleCount, .integer(in: 1 ... .max),
            "Samples of the recording and of its tensor.", isRequired: true),
        Field(
            "source", \.source, .sourceFile,
            "The raw file; that of the first recording when there are several.", isRequired: true),
        portion("support", \.support, "What a model adapts to."),
        portion("query", \.query, "What it is evaluated on."),
        normalizationField,
        Field(
            "tensor", \.tensor,
            .object(
                [
                    Field(
                        "path", \.path, .tensorGroup, "`/tasks/<id>` in the HDF5 file.",
                        isRequired: true),
                    Field(
                        "sha256", \.sha256, .sha256,
                        "The SHA-256 of its arrays, see below.", isRequired: true),
                ], into: CollectionManifest.TensorLocation(path: "", sha256: "")),
            "Where its arrays are.", isRequired: true),
        qualityField, unlabeledField, recordingsField, earlierField, drawField,
    ]

    // MARK: Members with bounds that depend on others

    private static func portion(
        _ key: String, _ path: any WritableKeyPath<Self, PortionDocument> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        Field(
            key, schema: { .object(PortionDocument.schema(with: $0)) }, documentation,
            isRequired: true,
            read: { cursor, task throws(DocumentError) in
                var portion = PortionDocument(
                    sampleCount: task.sampleCount, classCount: task.bounds.classCount)
                try portion.read(cursor)
                task[keyPath: path] = portion
            },
            write: { $0[keyPath: path].document })
    }

    private static let normalizationField = Field<Self>(
        "normalization",
        schema: { .object(CoefficientsDocument.schema(with: $0)) },
        "Stored = (raw − offset) / scale.", isRequired: true,
        read: { cursor, task throws(DocumentError) in
            var document = CoefficientsDocument(channelCount: task.bounds.channelCount)
            try document.read(cursor)
            task.normalization = document.coefficients
        },
        write: { CoefficientsDocument($0.normalization).document })

    private static let qualityField = Field<Self>(
        "quality",
        schema: {
            .list(
                of: .object(IntervalDocument.schema(with: $0)), count: 0 ... .max,
                isUnique: false)
        },
        "The quality problems by segment, as found at ingest; left out when nothing is.",
        read: { cursor, task throws(DocumentError) in
            for cursor in try cursor.array() {
                var interval = IntervalDocument(
                    sampleCount: task.sampleCount, channelCount: task.bounds.channelCount)
                try interval.read(cursor)
                task.quality.append(interval.interval)
            }
        },
        write: { task in
            task.quality.isEmpty
                ? nil : .array(task.quality.map { IntervalDocument($0).document })
        })

    private static let unlabeledField = Field<Self>(
        "unlabeled", schema: CollectionManifest.Unlabeled.format(sampleCount: .max).schema,
        "What is in no window because nobody labeled it; left out when there is no such sample.",
        read: { cursor, task throws(DocumentError) in
            task.unlabeled = try CollectionManifest.Unlabeled
                .format(sampleCount: task.sampleCount).read(cursor)
        },
        write: {
            $0.unlabeled.map(CollectionManifest.Unlabeled.format(sampleCount: .max).write)
        })

    // MARK: Reading

    /// Reads the tasks of a manifest.
    ///
    /// - Parameters:
    ///   - list: The member `tasks`.
    ///   - manifest: The manifest with the members that tasks are held against.
    /// - Returns: The tasks.
    /// - Throws: `DocumentError` with the place of the fault.
    static func tasks(
        _ list: DocumentCursor, of manifest: CollectionManifest
    ) throws(DocumentError) -> [CollectionManifest.Entry] {
        let bounds = Bounds(
            classCount: manifest.classes.count, channelCount: manifest.channels.count,
            guardSamples: manifest.split.guardSamples)
        var tasks: [CollectionManifest.Entry] = []
        var firstPlaces: [String: Int] = [:]
        for cursor in try list.elements() {
            var document = TaskDocument()
            document.bounds = bounds
            let object = try cursor.object(allowing: fields.keys)
            try fields.read(object, into: &document)
            let task = try document.entry(object)
            if let first = firstPlaces.updateValue(tasks.count, forKey: task.id) {
                throw try object.required("id").error(
                    expected: "an id of its own", found: "the id of \(list.path)[\(first)]",
                    hint: "a recording that stands twice could be trained and tested on")
            }
            tasks.append(task)
        }
        guard !tasks.isEmpty else { throw list.error(expected: "at least one task") }
        return tasks
    }

    /// The task, when its members fit together.
    private func entry(_ object: DocumentObject) throws(DocumentError) -> CollectionManifest.Entry {
        let identity = try identity(object)
        let path = CollectionManifest.TensorLocation.path(of: identity)
        guard tensor.path == path else {
            throw try object.required("tensor").object().required("path").error(
                expected: "\"\(path)\"", hint: "a task lies under its own id")
        }
        var entry = CollectionManifest.Entry(
            identity: identity, effectiveRate: effectiveRate, sampleCount: sampleCount,
            source: source, support: support.portion, query: query.portion,
            normalization: normalization, tensor: tensor, quality: quality, unlabeled: unlabeled)
        entry.recordings = recordings
        entry.earlier = earlier?.portion
        entry.draw = draw
        try checkRecordings(object)
        try checkApart(object, in: entry)
        return entry
    }

    private func identity(_ object: DocumentObject) throws(DocumentError) -> RecordingIdentity {
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
        guard id == identity.id else {
            throw try object.required("id").error(
                expected: "\"\(identity.id)\", made of patient, session, condition and run",
                hint: "correct the id or its parts")
        }
        return identity
    }

    /// No sample is in both parts, and as many samples as the manifest says lie between them.
    private func checkApart(
        _ object: DocumentObject, in entry: CollectionManifest.Entry
    ) throws(DocumentError) {
        func place(_ index: Int) throws(DocumentError) -> DocumentCursor {
            try object.required("query").object().required("ranges").array()[index]
        }
        for (index, range) in query.portion.ranges.enumerated() {
            for other in support.portion.ranges {
                guard !range.overlaps(other) else {
                    throw try place(index).error(
                        expected: "a range apart from the support's \(other.brackets)",
                        found: range.brackets,
                        hint: "what a model adapts to cannot be what it is evaluated on")
                }
                // The end of one recording is as far from the next as the day it was made on.
                guard entry.recordingRange(at: range.start) == entry.recordingRange(at: other.start)
                else { continue }
                let distance = max(range.start - other.end, other.start - range.end)
                guard distance >= bounds.guardSamples else {
                    throw try place(index).error(
                        expected:
                            "\(bounds.guardSamples, of: "sample") or more from the support's "
                            + other.brackets,
                        found: "\(distance)", hint: "$.split.guard says how many lie between")
                }
            }
        }
    }
}

extension FieldFormat<String> {
    /// The id of a task.
    fileprivate static var id: FieldFormat {
        .text(fitting: TextForm("text", pattern: "^[^/]+/[^/]+/[^/]+$"))
    }

    /// A part of an id; that it is one shows with the others.
    fileprivate static var part: FieldFormat {
        .text(
            fitting: TextForm(
                "name that can be a file's",
                pattern: "^([^./\\\\:\\u0000-\\u001f\\u007f][^/\\\\:\\u0000-\\u001f\\u007f]*)?$",
                length: 0...100))
    }

    /// The group of a task in the tensors' file.
    fileprivate static var tensorGroup: FieldFormat {
        .text(fitting: TextForm("text", pattern: "^/tasks/[^/]+/[^/]+/[^/]+$"))
    }

    /// A text that is held against more than its form behind its reading.
    private static func text(fitting form: TextForm) -> FieldFormat {
        FieldFormat(.form(form), read: FieldFormat.text.read, write: { .string($0) })
    }
}

extension CollectionManifest.TensorLocation {
    /// The group in which a task lies.
    static func path(of identity: RecordingIdentity) -> String { "/tasks/\(identity.id)" }
}
