/// Makes wrong documents from a JSON Schema: every key once with values of wrong types, beyond
/// its limits, unknown, missing or with a neighbor too many. All else in each is right.
struct SchemaWalk {
    /// A document with one fault.
    struct Fault {
        /// Where the fault is and what it is, as `window.length = "wrong"`.
        let name: String
        /// The document.
        let document: PlainValue
    }

    private let root: PlainValue
    private let samples: [String: PlainValue]

    /// Describes a walk.
    ///
    /// - Parameters:
    ///   - root: The schema.
    ///   - samples: Right values by key path, where the schema does not say one.
    init(_ root: PlainValue, samples: [String: PlainValue]) {
        self.root = root
        self.samples = samples
    }

    /// The smallest right document.
    var rightDocument: PlainValue { minimal(root, at: "") }

    /// All documents with one fault, each once.
    var faults: [Fault] {
        var seen: Set<PlainValue> = []
        return faults(of: root, at: "").filter { seen.insert($0.document).inserted }
    }

    /// The key paths of all settings.
    var keyPaths: Set<String> { keyPaths(of: root, at: "") }

    private func keyPaths(of schema: PlainValue, at path: String) -> Set<String> {
        alternatives(of: schema).reduce(into: []) { result, form in
            for member in properties(of: form) {
                let place = Self.joined(path, member.key)
                result.insert(place)
                result.formUnion(keyPaths(of: member.value, at: place))
            }
            if let items = form["items"] {
                result.formUnion(keyPaths(of: items, at: path + "[0]"))
            }
        }
    }

    private func faults(of schema: PlainValue, at path: String) -> [Fault] {
        let forms = alternatives(of: schema)
        return wrongTypes(forms, at: path)
            + forms.indices.flatMap { index in
                limits(of: forms[index], at: path) + items(of: forms[index], at: path)
                    + members(of: index, in: forms, at: path)
            }
    }

    private func fault(_ path: String, _ value: PlainValue) -> Fault {
        Fault(name: "\(path.isEmpty ? "document" : path) = \(value.line)", document: value)
    }

    // MARK: Kinds of fault

    private func wrongTypes(_ forms: [PlainValue], at path: String) -> [Fault] {
        let candidates: [(type: String, value: PlainValue)] = [
            ("string", .string("wrong")), ("array", .array([.integer(1)])),
            ("object", .object([.init(key: "surprise", value: .integer(1))])),
            ("boolean", .boolean(true)), ("number", .number(1.5)),
        ]
        let types = forms.reduce(into: Set<String>()) { $0.formUnion(Self.types(of: $1)) }
        return candidates.filter { !types.contains($0.type) }.prefix(2)
            .map { fault(path, $0.value) }
    }

    private func limits(of form: PlainValue, at path: String) -> [Fault] {
        var wrong: [PlainValue] = []
        let isInteger = Self.types(of: form).contains("integer")
        func beyond(_ limit: Double, _ step: Double) -> PlainValue {
            (isInteger ? Int(exactly: limit + step) : nil).map(PlainValue.integer)
                ?? .number(limit + step)
        }
        if let least = form["minimum"]?.double { wrong.append(beyond(least, -1)) }
        if let most = form["maximum"]?.double { wrong.append(beyond(most, max(1, most))) }
        if let least = form["exclusiveMinimum"]?.double { wrong.append(beyond(least, 0)) }
        if isInteger { wrong.append(.number(1.5)) }
        if form["minLength"] != nil { wrong.append(.string("")) }
        if form["pattern"] != nil { wrong.append(.string("../wrong {")) }
        if let choice = (form["enum"]?.values.first ?? form["const"])?.text {
            wrong += [.string(choice + "x"), .string("nonsense")]
        }
        return wrong.map { fault(path, $0) }
    }

    private func items(of form: PlainValue, at path: String) -> [Fault] {
        guard Self.types(of: form).contains("array"), let items = form["items"] else { return [] }
        let item = minimal(items, at: path + "[0]")
        var faults = faults(of: items, at: path + "[0]").map {
            Fault(name: $0.name, document: .array([$0.document]))
        }
        if form["minItems"] != nil { faults.append(fault(path, .array([]))) }
        if let most = form["maxItems"]?.double {
            let many = PlainValue.array(Array(repeating: item, count: Int(most) + 1))
            faults.append(Fault(name: "\(path) = \(Int(most) + 1) items", document: many))
        }
        if form["uniqueItems"] != nil { faults.append(fault(path, .array([item, item]))) }
        return faults
    }

    private func members(of index: Int, in forms: [PlainValue], at path: String) -> [Fault] {
        let form = forms[index]
        guard Self.types(of: form).contains("object") else { return [] }
        let right = minimalObject(form, at: path)
        func changed(_ key: String, _ value: PlainValue?) -> PlainValue {
            var object = right
            object[key] = value
            return object
        }
        var result: [Fault] = []
        for property in properties(of: form) {
            let place = Self.joined(path, property.key)
            guard owner(of: property, in: forms) == index else {
                // It may contradict what stands in this form; once is enough.
                let other = changed(property.key, minimal(property.value, at: place))
                result.append(Fault(name: "\(place) in another form", document: other))
                continue
            }
            for fault in faults(of: property.value, at: place) {
                result.append(
                    Fault(name: fault.name, document: changed(property.key, fault.document)))
            }
        }
        for key in (form["required"]?.values ?? []).compactMap(\.text) {
            result.append(
                Fault(name: "\(Self.joined(path, key)) is missing", document: changed(key, nil)))
        }
        guard form["additionalProperties"] == .boolean(false) || path.isEmpty else { return result }
        let misspelled = properties(of: form).first { $0.key.count > 3 }.map { $0.key + "s" }
        for key in ["surprise", misspelled].compactMap({ $0 }) {
            result.append(
                Fault(
                    name: "\(Self.joined(path, key)) is unknown",
                    document: changed(key, .integer(1))))
        }
        return result
    }

    /// The form in which a setting that several share is gone through: the first that needs it,
    /// else the first that has it.
    private func owner(of property: PlainValue.Member, in forms: [PlainValue]) -> Int? {
        let sharing = forms.indices.filter {
            forms[$0]["properties"]?[property.key] == property.value
        }
        return sharing.first {
            forms[$0]["required"]?.values.contains(.string(property.key)) == true
        } ?? sharing.first
    }

    // MARK: Right values

    private func minimal(_ schema: PlainValue, at path: String) -> PlainValue {
        if let sample = samples[path] { return sample }
        guard let form = alternatives(of: schema).first else { return .null }
        if let value = form["const"] ?? form["enum"]?.values.first { return value }
        if let value = form["default"], value != .null { return value }
        switch Self.types(of: form).sorted().first {
        case "object": return minimalObject(form, at: path)
        case "array":
            let count = Int(form["minItems"]?.double ?? 0)
            guard count > 0, let items = form["items"] else { return .array([]) }
            return .array(Array(repeating: minimal(items, at: path + "[0]"), count: count))
        case "integer": return .integer(Int(max(1, form["minimum"]?.double ?? 1)))
        case "number":
            return .number(
                (form["exclusiveMinimum"] ?? form["minimum"])?.double.map { $0 + 1 } ?? 1)
        case "boolean": return .boolean(true)
        case "string": return .string(Self.text(fitting: form["pattern"]?.text))
        default: return .null
        }
    }

    private func minimalObject(_ form: PlainValue, at path: String) -> PlainValue {
        var result = PlainValue.object([])
        var keys = (form["required"]?.values ?? []).compactMap(\.text)
        // What tells this form from the other ones.
        for property in properties(of: form) where !keys.contains(property.key) {
            let resolved = alternatives(of: property.value)
            let place = Self.joined(path, property.key)
            if resolved.count == 1, resolved[0]["const"] != nil || samples[place] != nil {
                keys.append(property.key)
            }
        }
        for key in keys {
            guard let schema = form["properties"]?[key] else { continue }
            result[key] = minimal(schema, at: Self.joined(path, key))
        }
        return result
    }

    private static func text(fitting pattern: String?) -> String {
        let candidates = ["a", String(repeating: "0", count: 64), "2024-03-04T05:06:07Z", "a/b/c"]
        guard let pattern, let expression = try? Regex(pattern) else { return candidates[0] }
        return candidates.first { (try? expression.firstMatch(in: $0)) != nil } ?? candidates[0]
    }

    // MARK: Forms of a schema

    /// The forms that a value may have, without references and choices.
    private func alternatives(of schema: PlainValue) -> [PlainValue] {
        guard case .object = schema else { return [] }
        var base = schema
        if let reference = schema["$ref"]?.text {
            let target = reference.split(separator: "/").dropFirst().reduce(root) {
                $0[String($1)] ?? .null
            }
            base["$ref"] = nil
            return alternatives(of: Self.merged(target, base))
        }
        for word in ["oneOf", "anyOf"] {
            guard let branches = schema[word]?.values else { continue }
            base[word] = nil
            return branches.flatMap { alternatives(of: Self.merged(base, $0)) }
        }
        if let parts = schema["allOf"]?.values {
            base["allOf"] = nil
            let forms = parts.reduce([base]) { forms, part in
                forms.flatMap { form in
                    alternatives(of: part).map { Self.merged(form, $0) }
                }
            }
            return forms.flatMap { alternatives(of: $0) }
        }
        return [base]
    }

    private static func merged(_ base: PlainValue, _ other: PlainValue) -> PlainValue {
        var result = base
        for member in other.members {
            switch member.key {
            case "properties":
                var properties = base["properties"] ?? .object([])
                for property in member.value.members { properties[property.key] = property.value }
                result["properties"] = properties
            case "required":
                result["required"] = .array((base["required"]?.values ?? []) + member.value.values)
            default: result[member.key] = member.value
            }
        }
        return result
    }

    private func properties(of form: PlainValue) -> [PlainValue.Member] {
        (form["properties"]?.members ?? []).filter {
            if case .object = $0.value { true } else { false }
        }
    }

    private static func types(of form: PlainValue) -> Set<String> {
        if let name = form["type"]?.text { return [name] }
        if let names = form["type"]?.values, !names.isEmpty { return Set(names.compactMap(\.text)) }
        switch form["const"] ?? form["enum"]?.values.first {
        case .string: return ["string"]
        case .integer: return ["integer"]
        case .boolean: return ["boolean"]
        default: return form["properties"] == nil ? [] : ["object"]
        }
    }

    private static func joined(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }
}
