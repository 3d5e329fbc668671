package import Documents

/// How HDF5 files are laid out; `docs/formats/hdf5-archives.md` describes the template.
package struct HDF5Layout: Sendable, Hashable {
    /// Where a fact about a recording stands.
    enum Fact: Sendable, Hashable {
        /// In the template itself.
        case number(Double)
        /// In the template itself.
        case text(String)
        /// In an attribute.
        case attribute(String, of: String)
        /// In a dataset.
        case dataset(String)
    }

    /// What the values of labels mean.
    enum Classes: Sendable, Hashable {
        /// Numbers are classes named by themselves, words by themselves.
        case asTheyAre
        /// Number *i* has the name *i* of a list.
        case list([String])
        /// Names of numbers.
        case named([Int: String])
        /// The list stands in the file.
        case fact(Fact)
    }

    /// The columns of a table of events.
    struct Events: Sendable, Hashable {
        /// When each began, in seconds on the clock of the time stamps.
        var start: String
        /// When each ended; `nil` when ``duration`` says how long it lasted, or nothing does.
        var stop: String?
        /// How long each lasted.
        var duration: String?
        /// What happened.
        var name: String
    }

    /// The dataset of the samples.
    var samples: String
    /// The members that are channels, when the dataset holds records.
    var members: [String] = []
    /// Which way a dataset of two dimensions lies; `nil` to tell it by its shape, with a warning
    /// where that is not plain.
    var axis: SampleAxis?
    /// Samples a second.
    var rate: Fact?
    /// A dataset of times, or the member of that name of records.
    var time: String?
    /// The length of the unit of times, in seconds.
    var timeUnit = 1.0
    /// The unit of the samples after scaling.
    var unit: Fact?
    /// What numbers are multiplied by.
    var scale: Fact?
    /// What is added then.
    var offset: Fact?
    /// The names of the channels.
    var channels: Fact?
    /// The names of the channels, when the template lists them.
    var channelNames: [String] = []
    /// A dataset with one label a row.
    var labels: String?
    /// What its values mean.
    var classes = Classes.asTheyAre
    /// Events that become labels.
    var events: Events?
    /// Datasets that are continuous quantities to be inferred from the samples.
    var targets: [TemplateTarget<String>] = []
    /// Who, when and what.
    var identity: [String: Fact] = [:]

    /// A layout with samples and nothing else.
    init(samples: String) {
        self.samples = samples
    }

    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "samples", "members", "axis", "rate", "time", "time_unit", "unit", "scale", "offset",
            "channels", "labels", "events", "identity", "targets",
        ])
        samples = try Self.path(object.required("samples"))
        if let names = object.optional("members") {
            for name in try names.array() { members.append(try name.string()) }
            guard !members.isEmpty else { throw names.error(expected: "at least one member") }
        }
        axis = try object.optional("axis")?.choice(of: SampleAxis.self)
        rate = try Self.fact(object.optional("rate"))
        if let cursor = object.optional("time") {
            time = try members.isEmpty ? Self.path(cursor) : cursor.string()
        }
        timeUnit = try object.optional("time_unit")?.timeUnit() ?? 1
        unit = try Self.fact(object.optional("unit"))
        scale = try Self.fact(object.optional("scale"))
        offset = try Self.fact(object.optional("offset"))
        if let cursor = object.optional("channels") {
            if case .array = cursor.value.content {
                for name in try cursor.array() { channelNames.append(try name.name()) }
            } else {
                channels = try Self.fact(cursor)
            }
        }
        if let cursor = object.optional("labels") {
            if case .string = cursor.value.content {
                labels = try Self.path(cursor)
            } else {
                let object = try cursor.object(allowing: ["from", "classes"])
                labels = try Self.path(object.required("from"))
                if let cursor = object.optional("classes") { classes = try Self.classes(cursor) }
            }
        }
        if let cursor = object.optional("events") { events = try Self.events(cursor) }
        targets = try TemplateTarget.all(object.optional("targets"), "dataset") {
            (cursor) throws(DocumentError) in [try Self.path(cursor)]
        }
        if let cursor = object.optional("identity") {
            let parts = try cursor.object(allowing: ["patient", "session", "condition", "run"])
            for (part, cursor) in parts.entries { identity[part] = try Self.fact(cursor) }
        }
    }

    private static func path(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let text = try cursor.string()
        guard text.contains(where: { $0 != "/" }), !text.contains("@") else {
            throw cursor.error(
                expected: "the name of a dataset from the root group, such as /emg")
        }
        return text.hasPrefix("/") ? text : "/\(text)"
    }

    /// `object@attribute`, `/dataset`, a number, or a text that is meant as it stands.
    private static func fact(_ cursor: DocumentCursor?) throws(DocumentError) -> Fact? {
        guard let cursor else { return nil }
        switch cursor.value.content {
        case .integer, .number: return .number(try cursor.number())
        default: break
        }
        guard case .string(let text) = cursor.value.content else {
            throw cursor.error(expected: "a number, a text, object@attribute or /dataset")
        }
        if let at = text.lastIndex(of: "@") {
            let object = String(text[..<at])
            let name = String(text[text.index(after: at)...])
            guard !name.isEmpty else {
                throw cursor.error(expected: "the name of an attribute behind the @")
            }
            return .attribute(name, of: object.hasPrefix("/") ? object : "/\(object)")
        }
        return text.hasPrefix("/") ? .dataset(text) : .text(text)
    }

    private static func classes(_ cursor: DocumentCursor) throws(DocumentError) -> Classes {
        switch cursor.value.content {
        case .array:
            var names: [String] = []
            for name in try cursor.array() { names.append(try name.name()) }
            guard (1...256).contains(names.count) else {
                throw cursor.error(expected: "1 to 256 class names")
            }
            return .list(names)
        case .object:
            var names: [Int: String] = [:]
            for (key, cursor) in try cursor.object().entries {
                guard let number = Int(key) else {
                    throw cursor.error(
                        expected: "a whole number before each class name", found: "\"\(key)\"")
                }
                names[number] = try cursor.name()
            }
            guard (1...256).contains(names.count) else {
                throw cursor.error(expected: "1 to 256 class names")
            }
            return .named(names)
        default:
            guard let fact = try fact(cursor) else {
                throw cursor.error(expected: "class names, or where they stand")
            }
            return .fact(fact)
        }
    }

    private static func events(_ cursor: DocumentCursor) throws(DocumentError) -> Events {
        let object = try cursor.object(allowing: ["start", "stop", "duration", "name"])
        var events = Events(
            start: try path(object.required("start")), name: try path(object.required("name")))
        if let stop = object.optional("stop") { events.stop = try path(stop) }
        if let duration = object.optional("duration") {
            guard events.stop == nil else {
                throw duration.error(expected: "either stop or duration, not both")
            }
            events.duration = try path(duration)
        }
        return events
    }
}
