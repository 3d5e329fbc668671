internal import Documents
internal import Foundation

extension CollectionDesign {
    /// Reads the member `design` of a configuration. Files that lists name are looked for beside
    /// the configuration.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "rule", "patients", "train_sessions", "by_patient", "test", "sizes", "repetitions",
            "collections", "validation",
        ])
        enum Kind: String, CaseIterable {
            case patient = "leave_one_patient_out"
            case session = "cross_session"
            case condition = "cross_condition"
            case subsets = "patient_subsets"
            case random = "random_sessions"
            case lists
        }
        let kind: Kind = try object.required("rule").choice()
        let members: [String] =
            switch kind {
            case .patient: ["patients"]
            case .session: ["train_sessions", "by_patient"]
            case .condition: ["test"]
            case .subsets: ["test", "sizes"]
            case .random: ["test", "sizes", "repetitions"]
            case .lists: ["collections"]
            }
        for (key, cursor) in object.entries
        where !(members + ["rule", "validation"]).contains(key) {
            throw cursor.error(
                expected: "members of the chosen rule only", found: "\"\(key)\"",
                hint: "the rule has the members \(members.joined(separator: ", "))")
        }
        switch kind {
        case .patient:
            rule = .leaveOnePatientOut(patients: try Self.names(object.optional("patients")))
        case .session:
            rule = .crossSession(
                trainSessions: try object.optional("train_sessions")?.integer(in: 1...1_000) ?? 1,
                byPatient: try object.optional("by_patient")?.boolean() ?? false)
        case .condition:
            rule = .crossCondition(test: try Self.names(object.optional("test")))
        case .subsets:
            rule = .patientSubsets(
                sizes: try Self.sizes(object.required("sizes")),
                test: try Self.atLeastOne(object.required("test"), Self.names))
        case .random:
            rule = .randomSessions(
                sizes: try Self.sizes(object.required("sizes")),
                repetitions: try object.optional("repetitions")?.integer(in: 1...1_000) ?? 1,
                test: try Self.atLeastOne(object.required("test"), Self.patterns))
        case .lists:
            rule = .lists(try Self.listings(object.required("collections")))
        }
        validation = try object.optional("validation").map { (cursor) throws(DocumentError) in
            try ValidationChoice(cursor)
        }
    }

    // MARK: - Lists

    private static func listings(_ cursor: DocumentCursor) throws(DocumentError) -> [Listing] {
        var listings: [Listing] = []
        for element in try cursor.array() {
            let object = try element.object(allowing: ["name", "train", "validation", "test"])
            let place = try object.required("name")
            let name = try place.name()
            guard Self.isFileName(name), !listings.contains(where: { $0.name == name }) else {
                throw place.error(
                    expected: "a name of its own that can be a file's",
                    hint: "use 1 to 100 letters, digits, - and _")
            }
            let train = object.optional("train")
            let validation = object.optional("validation")
            if let validation, case .string("test") = validation.value.content {
                throw validation.error(
                    expected: "tasks that are not tested on",
                    hint: "a model chosen on its test tasks is not tested")
            }
            listings.append(
                Listing(
                    name: name,
                    train: try train.flatMap { (cursor) throws(DocumentError) in
                        if case .string("remaining") = cursor.value.content { return nil }
                        return try Self.patterns(cursor)
                    },
                    validation: try validation.map(Self.patterns),
                    test: try object.optional("test").map(Self.patterns) ?? []))
        }
        guard !listings.isEmpty else { throw cursor.error(expected: "at least one collection") }
        return listings
    }

    /// Patterns of ids, among them `{file: …}` for those of a file.
    private static func patterns(_ cursor: DocumentCursor) throws(DocumentError) -> [TaskPattern] {
        var patterns: [TaskPattern] = []
        for element in try cursor.array() {
            if case .object = element.value.content {
                let file = try element.object(allowing: ["file"]).required("file")
                let folder = URL(filePath: cursor.document).deletingLastPathComponent()
                let url = URL(filePath: try file.string(), relativeTo: folder)
                patterns += try TaskList(contentsOf: url.absoluteURL).patterns
                continue
            }
            guard let pattern = TaskPattern(try element.name()) else {
                throw element.error(
                    expected: "patient/session/condition or a pattern of it",
                    hint: "one to three parts with slashes between them")
            }
            patterns.append(pattern)
        }
        return patterns
    }

    // MARK: - Values

    private static func names(_ cursor: DocumentCursor) throws(DocumentError) -> [String] {
        var names: [String] = []
        for element in try cursor.array() { names.append(try element.name()) }
        return names
    }

    private static func names(_ cursor: DocumentCursor?) throws(DocumentError) -> [String] {
        try cursor.map { (cursor) throws(DocumentError) in try names(cursor) } ?? []
    }

    private static func atLeastOne<Value>(
        _ cursor: DocumentCursor, _ read: (DocumentCursor) throws(DocumentError) -> [Value]
    ) throws(DocumentError) -> [Value] {
        let values = try read(cursor)
        guard !values.isEmpty else { throw cursor.error(expected: "at least one name") }
        return values
    }

    private static func sizes(_ cursor: DocumentCursor) throws(DocumentError) -> [Int] {
        var sizes: [Int] = []
        for element in try cursor.array() {
            let size = try element.integer(in: 1...1_000_000)
            guard !sizes.contains(size) else {
                throw element.error(expected: "a size that stands once")
            }
            sizes.append(size)
        }
        guard !sizes.isEmpty else { throw cursor.error(expected: "at least one size") }
        return sizes
    }

    private static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
            && name.unicodeScalars.allSatisfy {
                !"/\\:".unicodeScalars.contains($0) && $0.properties.generalCategory != .control
                    && $0.properties.generalCategory != .format
            }
    }
}

extension ValidationChoice {
    /// Reads a number of tasks, or an object that says what is drawn and how.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        switch cursor.value.content {
        case .integer:
            self.init(.tasks(try cursor.integer(in: 0...1_000_000)))
            return
        case .object: break
        default:
            throw cursor.error(
                expected: "a number of training tasks, or \"tasks\", \"fraction\" or \"patients\"",
                hint: "validation tasks are drawn from the training tasks: "
                    + "test tasks are never used for validation")
        }
        let object = try cursor.object(allowing: ["tasks", "fraction", "patients", "stratify"])
        let amounts = ["tasks", "fraction", "patients"].compactMap { key in
            object.optional(key).map { (key, $0) }
        }
        guard amounts.count == 1, let (key, amount) = amounts.first else {
            throw cursor.error(expected: "one of \"tasks\", \"fraction\" and \"patients\"")
        }
        let stratum: Stratum =
            try object.optional("stratify")?.choice(of: Stratum.self) ?? .patient
        switch key {
        case "tasks": self.init(.tasks(try amount.integer(in: 0...1_000_000)), stratum: stratum)
        case "fraction":
            self.init(.fraction(try amount.number(in: 0.0001...0.9999)), stratum: stratum)
        default: self.init(.patients(try amount.integer(in: 0...1_000_000)), stratum: stratum)
        }
    }
}
