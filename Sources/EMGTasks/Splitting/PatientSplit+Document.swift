internal import Documents

extension PatientSplit {
    /// Reads the member `splits` of a configuration; leaves nobody out without one.
    init(_ cursor: DocumentCursor?) throws(DocumentError) {
        guard let cursor else {
            self.init()
            return
        }
        let object = try cursor.object(allowing: ["train", "validation", "test"])
        let choices = (
            train: try Self.choice(object.optional("train")) ?? .remaining,
            validation: try Self.choice(object.optional("validation")) ?? .patients([]),
            test: try Self.choice(object.optional("test")) ?? .patients([])
        )
        self.init(train: choices.train, validation: choices.validation, test: choices.test)
        try checkDisjoint(object)
    }

    private static func choice(_ cursor: DocumentCursor?) throws(DocumentError) -> Choice? {
        guard let cursor else { return nil }
        switch cursor.value.content {
        case .integer: return .count(try cursor.integer(in: 0...1_000_000))
        case .string("remaining"): return .remaining
        case .array:
            var names: [String] = []
            for element in try cursor.array() { names.append(try element.name()) }
            return .patients(names)
        default:
            throw cursor.error(
                expected: "a list of patients, a number of them or \"remaining\"")
        }
    }

    private func checkDisjoint(_ object: DocumentObject) throws(DocumentError) {
        var seen: [String: String] = [:]
        for (split, cursor) in object.entries {
            guard case .array = cursor.value.content else { continue }
            for element in try cursor.array() {
                let name = try element.name()
                if let other = seen[name] {
                    throw element.error(
                        expected: "a patient who is in one split only",
                        found: "\"\(name)\", who is in \(other) too",
                        hint: "a model must be tested on people it has not seen")
                }
                seen[name] = split
            }
        }
        guard [train, validation, test].count(where: { $0 == .remaining }) <= 1 else {
            throw object.cursor.error(expected: "\"remaining\" in one split only", found: "more")
        }
    }
}
