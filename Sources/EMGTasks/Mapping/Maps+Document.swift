internal import Documents
internal import EMGArchive
internal import EMGSignal

extension ClassMap {
    /// Reads the member `classes` of a configuration.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["rename", "merge", "drop", "order"])
        var taken: Set<String> = []
        /// A class of the recordings goes one way only.
        func source(_ cursor: DocumentCursor, _ name: String) throws(DocumentError) -> String {
            guard taken.insert(name).inserted else {
                throw cursor.error(
                    expected: "a class that is renamed, merged or dropped once",
                    found: "\"\(name)\" again")
            }
            return name
        }
        var merges: [Merge] = []
        /// A class must be told from samples without one.
        func target(_ cursor: DocumentCursor, _ name: String) throws(DocumentError) -> String {
            guard name != LabelTrack.unlabeledName else {
                throw cursor.error(
                    expected: "the name of a class", found: "\"\(name)\"",
                    hint: "this is the name of samples without a class; \"drop\" leaves a class "
                        + "out")
            }
            return name
        }
        for (key, cursor) in try object.optional("rename")?.object().entries ?? [] {
            merges.append(
                Merge(
                    name: try target(cursor, try cursor.name()),
                    sources: [try source(cursor, key)]))
        }
        for (key, cursor) in try object.optional("merge")?.object().entries ?? [] {
            _ = try target(cursor, key)
            var sources: [String] = []
            for element in try cursor.array() {
                sources.append(try source(element, try element.name()))
            }
            guard !sources.isEmpty else { throw cursor.error(expected: "at least one class") }
            merges.append(Merge(name: key, sources: sources))
        }
        var drop: [String] = []
        for element in try object.optional("drop")?.array() ?? [] {
            drop.append(try source(element, try element.name()))
        }
        var order: [String] = []
        for element in try object.optional("order")?.array() ?? [] {
            let name = try element.name()
            guard !order.contains(name) else {
                throw element.error(expected: "each class once")
            }
            order.append(name)
        }
        self.init(merges: merges, drop: drop, order: order)
    }
}

extension ChannelMap {
    /// Reads the member `channels` of a configuration.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["select", "grid", "rotate"])
        var select: [String] = []
        for element in try object.optional("select")?.array() ?? [] {
            select.append(try element.name())
        }
        self.init(
            select: select, grid: try Self.grid(object.optional("grid")),
            rotations: try Self.rotations(object.optional("rotate")))
    }

    /// `[rows, columns]`.
    private static func grid(_ cursor: DocumentCursor?) throws(DocumentError) -> Grid? {
        guard let cursor else { return nil }
        let sizes = try cursor.array()
        guard sizes.count == 2 else { throw cursor.error(expected: "[rows, columns]") }
        return Grid(
            rows: try sizes[0].integer(in: 1...1_000),
            columns: try sizes[1].integer(in: 1...1_000))
    }

    /// One number for all recordings, or a list of `{tasks: pattern, by: places}`.
    private static func rotations(
        _ cursor: DocumentCursor?
    ) throws(DocumentError) -> [Rotation] {
        guard let cursor else { return [] }
        let bounds = -1_000...1_000
        if case .integer = cursor.value.content {
            return [Rotation(tasks: .everything, places: try cursor.integer(in: bounds))]
        }
        var rotations: [Rotation] = []
        for element in try cursor.array() {
            let object = try element.object(allowing: ["tasks", "by"])
            let tasks = try object.required("tasks")
            guard let pattern = TaskPattern(try tasks.name()) else {
                throw tasks.error(
                    expected: "patient/session/condition or a pattern of it",
                    hint: "one to three parts with slashes between them")
            }
            rotations.append(
                Rotation(tasks: pattern, places: try object.required("by").integer(in: bounds)))
        }
        return rotations
    }
}
