import Documents
import EMGSignal
import PrintableText

/// Reads a manifest and checks all that can be checked without its tensors; each fault is
/// thrown with its file, line and path.
struct ManifestReader {
    private let top: DocumentObject
    private let classes: [String]
    private let channels: [Channel]
    private let window: CollectionManifest.Window
    private let split: CollectionManifest.Split

    private static let members = [
        "format", "format_version", "software", "name", "seed", "tensors", "classes", "channels",
        "grid", "sampling_rate_hz", "window", "normalization", "quality", "conditioning", "split",
        "tasks",
        "splits", "augmentation", "targets", "history",
    ]

    /// Reads what tasks are checked against.
    init(_ document: Document) throws(DocumentError) {
        // What it is comes first: a document of another kind has other members.
        let anything = try document.cursor.object()
        let format = try anything.required("format")
        guard try format.string() == CollectionManifest.format else {
            throw format.error(
                expected: "\"\(CollectionManifest.format)\"",
                hint: "this is not the manifest of a task collection")
        }
        let version = try anything.required("format_version")
        guard try version.integer() == CollectionManifest.formatVersion else {
            throw version.error(
                expected: "\(CollectionManifest.formatVersion)",
                hint: "read it with the version of myotask that wrote it, or newer")
        }
        top = try document.cursor.object(allowing: Self.members)
        classes = try Self.classes(top.required("classes"))
        channels = try Self.channels(top.required("channels"))
        window = try Self.window(top.required("window"))
        split = try Self.split(top.required("split"))
    }

    /// The manifest.
    func manifest() throws(DocumentError) -> CollectionManifest {
        let (tasks, cursors) = try readTasks()
        var manifest = CollectionManifest(
            software: try top.required("software").string(),
            name: try Self.nonEmpty(top.required("name")),
            seed: try Self.seed(top.required("seed")),
            tensors: try tensorFile(), classes: classes, channels: channels,
            grid: try Self.grid(top.optional("grid"), channelCount: channels.count),
            samplingRate: try Self.rate(top.required("sampling_rate_hz")), window: window,
            normalization: try Self.normalization(top.required("normalization")),
            quality: try top.optional("quality").map { (cursor) throws(DocumentError) in
                try QualityPolicy(cursor)
            },
            conditioning: try Self.steps(top.required("conditioning")), split: split,
            tasks: tasks, splits: try partition(of: tasks, at: cursors),
            augmentation: try Self.augmentation(top.optional("augmentation")),
            targets: try Self.targets(top.optional("targets")),
            history: try Self.steps(top.required("history")))
        manifest.kinds = top.cursor.kinds
        return manifest
    }

    /// Where the tensors' path stands, for faults that show on the disk only.
    func tensorPathCursor() throws(DocumentError) -> DocumentCursor {
        try top.required("tensors").object().required("path")
    }

    // MARK: The collection

    private func tensorFile() throws(DocumentError) -> CollectionManifest.TensorFile {
        let object = try top.required("tensors").object(allowing: ["path", "sha256", "bytes"])
        let path = try object.required("path")
        if let fault = RelativePath.fault(in: try path.string()) {
            throw path.error(
                expected: "the path of a file in the manifest's folder",
                hint: "\(fault); put the tensors beside the manifest and name them without folders")
        }
        return CollectionManifest.TensorFile(
            path: try path.string(), sha256: try Self.sha256(object.required("sha256")),
            bytes: try object.required("bytes").integer(in: 1 ... .max))
    }

    // MARK: What a description of a model's input has, too

    static func classes(_ cursor: DocumentCursor) throws(DocumentError) -> [String] {
        let classes = try uniqueNames(cursor, what: "class", mayBeEmpty: true, at: { $0 })
        guard classes.count <= 256 else { throw cursor.error(expected: "at most 256 classes") }
        return classes
    }

    static func grid(
        _ cursor: DocumentCursor?, channelCount: Int
    ) throws(DocumentError) -> CollectionManifest.Grid? {
        guard let cursor else { return nil }
        let object = try cursor.object(allowing: ["rows", "columns"])
        let rows = try object.required("rows").integer(in: 1...1_000_000)
        let columns = try object.required("columns").integer(in: 1...1_000_000)
        guard rows * columns == channelCount else {
            throw cursor.error(
                expected: "a place for each of \(channelCount, of: "channel")",
                found: "\(rows) × \(columns)")
        }
        return CollectionManifest.Grid(rows: rows, columns: columns)
    }

    static func targets(
        _ cursor: DocumentCursor?
    ) throws(DocumentError) -> CollectionManifest.Targets? {
        guard let cursor else { return nil }
        let object = try cursor.object(allowing: ["columns", "rule"])
        let list = try object.required("columns")
        let names = try uniqueNames(list, what: "target") { (cursor) throws(DocumentError) in
            try cursor.object(allowing: ["name", "unit"]).required("name")
        }
        guard names.count <= TargetDescription.mostDimensions else {
            throw list.error(expected: "at most \(TargetDescription.mostDimensions) targets")
        }
        var columns: [CollectionManifest.Targets.Column] = []
        for (name, cursor) in zip(names, try list.array()) {
            columns.append(
                CollectionManifest.Targets.Column(
                    name: name, unit: try cursor.object().required("unit").string()))
        }
        return CollectionManifest.Targets(
            columns: columns,
            rule: try object.required("rule").choice())
    }

    static func channels(_ cursor: DocumentCursor) throws(DocumentError) -> [Channel] {
        let names = try uniqueNames(cursor, what: "channel") { (cursor) throws(DocumentError) in
            try cursor.object(allowing: ["name", "unit"]).required("name")
        }
        var channels: [Channel] = []
        for (name, cursor) in zip(names, try cursor.array()) {
            channels.append(
                Channel(name: name, unit: try cursor.object().required("unit").string()))
        }
        return channels
    }

    static func window(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> CollectionManifest.Window {
        let object = try cursor.object(allowing: [
            "length", "stride", "label_rule", "label_parameters",
        ])
        return CollectionManifest.Window(
            length: try object.required("length").integer(in: 1 ... .max),
            stride: try object.required("stride").integer(in: 1 ... .max),
            labelRule: try rule(object, name: "label_rule", parameters: "label_parameters"))
    }

    static func normalization(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> CollectionManifest.Normalization {
        let object = try cursor.object(allowing: ["method", "parameters", "fitted_on"])
        let fittedOn = try object.required("fitted_on")
        guard try fittedOn.string() == CollectionManifest.Normalization.fittedOn else {
            throw fittedOn.error(
                expected: "\"\(CollectionManifest.Normalization.fittedOn)\"",
                hint: "a scaling that has seen the query leaks it into the support")
        }
        return CollectionManifest.Normalization(
            method: try rule(object, name: "method", parameters: "parameters"))
    }

    /// A rule by its name, beside which its parameters stand when it has some.
    private static func rule(
        _ object: DocumentObject, name: String, parameters: String
    ) throws(DocumentError) -> CollectionManifest.Rule {
        CollectionManifest.Rule(
            name: try nonEmpty(object.required(name)),
            parameters: try object.optional(parameters).map(values) ?? [:])
    }

    private static func values(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> [String: ProcessingStep.Value] {
        var values: [String: ProcessingStep.Value] = [:]
        for (key, cursor) in try cursor.object().entries {
            values[key] = try ProcessingStep.Value(cursor)
        }
        return values
    }

    private static func split(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> CollectionManifest.Split {
        let object = try cursor.object(allowing: ["rule", "guard", "parameters"])
        return CollectionManifest.Split(
            rule: try nonEmpty(object.required("rule")),
            guardSamples: try object.required("guard").integer(in: 0 ... .max),
            parameters: try values(object.required("parameters")))
    }

    private static func augmentation(
        _ cursor: DocumentCursor?
    ) throws(DocumentError) -> [CollectionManifest.Augmentation] {
        guard let cursor else { return [] }
        var result: [CollectionManifest.Augmentation] = []
        for element in try cursor.array() {
            let object = try element.object(allowing: ["kind", "parameters"])
            var parameters: [String: ProcessingStep.Value] = [:]
            for (key, cursor) in try object.required("parameters").object().entries {
                if case .array = cursor.value.content {
                    throw cursor.error(expected: "a number, text, true or false")
                }
                parameters[key] = try ProcessingStep.Value(cursor)
            }
            result.append(
                CollectionManifest.Augmentation(
                    kind: try nonEmpty(object.required("kind")), parameters: parameters))
        }
        return result
    }

    // MARK: Tasks

    private func readTasks() throws(DocumentError) -> (
        [CollectionManifest.Entry], [DocumentCursor]
    ) {
        let cursors = try top.required("tasks").array()
        guard !cursors.isEmpty else {
            throw try top.required("tasks").error(expected: "at least one task")
        }
        var tasks: [CollectionManifest.Entry] = []
        var firstPlaces: [String: String] = [:]
        for cursor in cursors {
            let reader = try ManifestTaskReader(
                cursor, classCount: classes.count, channelCount: channels.count,
                guardSamples: split.guardSamples)
            let task = try reader.task()
            if let first = firstPlaces.updateValue(cursor.path, forKey: task.id) {
                throw try cursor.object().required("id").error(
                    expected: "an id of its own", found: "the id of \(first)",
                    hint: "a recording that stands twice could be trained and tested on")
            }
            tasks.append(task)
        }
        return (tasks, cursors)
    }

    private func partition(
        of tasks: [CollectionManifest.Entry], at cursors: [DocumentCursor]
    ) throws(DocumentError) -> CollectionManifest.Partition {
        let object = try top.required("splits").object(allowing: ["train", "validation", "test"])
        let known = Set(tasks.map(\.id))
        var places: [String: String] = [:]
        func ids(_ list: String) throws(DocumentError) -> [String] {
            var ids: [String] = []
            for cursor in try object.required(list).array() {
                let id = try cursor.string()
                guard known.contains(id) else {
                    throw cursor.error(
                        expected: "the id of a task",
                        hint: known.count <= 50
                            ? Spelling.suggestion(for: id, among: known.sorted())
                            : "no task has this id")
                }
                if let first = places.updateValue(cursor.path, forKey: id) {
                    throw cursor.error(
                        expected: "an id that stands in one list only",
                        found: "the id of \(first)",
                        hint: "what is trained on cannot be tested on")
                }
                ids.append(id)
            }
            return ids
        }
        let partition = CollectionManifest.Partition(
            train: try ids("train"), validation: try ids("validation"), test: try ids("test"))
        for (task, cursor) in zip(tasks, cursors) where places[task.id] == nil {
            throw try cursor.object().required("id").error(
                expected: "an id that stands in one of the lists of $.splits",
                hint: "add it to train, validation or test")
        }
        return partition
    }

    // MARK: Values

    private static func seed(_ cursor: DocumentCursor) throws(DocumentError) -> UInt64 {
        if case .string(let digits) = cursor.value.content {
            guard let seed = UInt64(digits), String(seed) == digits else {
                throw cursor.error(expected: "a whole number of at most 64 bits")
            }
            return seed
        }
        return UInt64(try cursor.integer(in: 0 ... .max))
    }

    static func rate(_ cursor: DocumentCursor) throws(DocumentError) -> SamplingRate {
        let hertz = try cursor.number()
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw cursor.error(
                expected: "a rate above 0 and at most \(SamplingRate.highestPlausibleHertz) Hz",
                hint: error.hint)
        }
    }

    static func sha256(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let text = try cursor.string()
        guard Hash.isWellFormed(text) else {
            throw cursor.error(expected: "a SHA-256 as 64 lower-case hexadecimal digits")
        }
        return text
    }

    static func nonEmpty(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let text = try cursor.string()
        guard !text.isEmpty, text.unicodeScalars.allSatisfy(isPrintable) else {
            throw cursor.error(expected: "a text of printable characters")
        }
        return text
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory != .control
    }

    static func steps(_ cursor: DocumentCursor) throws(DocumentError) -> [ProcessingStep] {
        var steps: [ProcessingStep] = []
        for element in try cursor.array() { steps.append(try ProcessingStep(element)) }
        return steps
    }

    private static func uniqueNames(
        _ cursor: DocumentCursor, what: String, mayBeEmpty: Bool = false,
        at name: (DocumentCursor) throws(DocumentError) -> DocumentCursor
    ) throws(DocumentError) -> [String] {
        let elements = try cursor.array()
        guard !elements.isEmpty || mayBeEmpty else {
            throw cursor.error(expected: "at least one \(what)")
        }
        var names: [String] = []
        var seen: Set<String> = []
        for element in elements {
            let place = try name(element)
            let text = try nonEmpty(place)
            guard seen.insert(text).inserted else {
                throw place.error(expected: "a \(what) name that no other has")
            }
            names.append(text)
        }
        return names
    }
}
