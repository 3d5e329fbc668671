extension FieldFormat where Value: CaseIterable & RawRepresentable<String> {
    /// One of the cases of an enumeration by their raw values.
    public static var choice: FieldFormat { .choice(among: Array(Value.allCases)) }

    /// One of some cases of an enumeration by their raw values.
    public static func choice(among cases: [Value]) -> FieldFormat {
        FieldFormat(
            .choice(cases.map(\.rawValue)),
            read: { cursor throws(DocumentError) in
                try cursor.choice(cases.map { ($0.rawValue, $0) })
            },
            write: { DocumentValue(.string($0.rawValue)) })
    }
}

extension FieldFormat where Value: Equatable {
    /// One of a few values by names that they do not have themselves.
    public static func choice(_ names: KeyValuePairs<String, Value>) -> FieldFormat {
        let pairs = names.map { (name: $0.key, value: $0.value) }
        return FieldFormat(
            .choice(pairs.map(\.name)),
            read: { cursor throws(DocumentError) in try cursor.choice(pairs) },
            write: { value in
                let name = pairs.first { $0.value == value }?.name
                return DocumentValue(name.map { .string($0) } ?? .null)
            })
    }
}

extension FieldFormat {
    /// An object with members of its own.
    package static func object(_ type: Value.Type = Value.self) -> FieldFormat
    where Value: Described {
        FieldFormat(
            schema: { .object(Value.schema(with: $0)) },
            read: { cursor throws(DocumentError) in try Value(cursor) },
            write: { $0.document })
    }

    /// An object with members of its own, of a type that documents are not the only source of.
    ///
    /// - Parameters:
    ///   - fields: The members.
    ///   - blank: What is read into.
    /// - Returns: The format.
    package static func object(_ fields: Fields<Value>, into blank: Value) -> FieldFormat {
        FieldFormat(
            schema: { .object(fields.schema(with: $0, standard: blank)) },
            read: { cursor throws(DocumentError) in
                var value = blank
                try fields.read(
                    cursor.object(allowing: fields.keys(with: cursor.kinds)), into: &value)
                return value
            },
            write: { .object(fields.members(of: $0)) })
    }

    /// One value, or a list of them.
    ///
    /// - Parameter element: How a value stands there.
    /// - Returns: The format.
    public static func oneOrMore<Element: Sendable>(
        of element: FieldFormat<Element>
    ) -> FieldFormat where Value == [Element] {
        let list = FieldFormat<[Element]>.list(of: element)
        return FieldFormat(
            schema: { .either([element.schema($0), list.schema($0)]) },
            read: { cursor throws(DocumentError) in
                guard case .array = cursor.value.content else { return [try element.read(cursor)] }
                return try list.read(cursor)
            },
            write: list.write)
    }

    /// An object whose members have names of their author's choice; written in their order.
    ///
    /// - Parameters:
    ///   - element: How the value of a member stands there.
    ///   - names: What names are allowed; `nil` for any.
    /// - Returns: The format.
    package static func map<Element: Sendable>(
        of element: FieldFormat<Element>, names: ValueSchema? = nil
    ) -> FieldFormat where Value == [String: Element] {
        FieldFormat(
            schema: { .map(of: element.schema($0), names: names) },
            read: { cursor throws(DocumentError) in
                var values: [String: Element] = [:]
                for (key, cursor) in try cursor.object().entries {
                    values[key] = try element.read(cursor)
                }
                return values
            },
            write: { .object(sorted: $0.mapValues(element.write)) })
    }

    /// A list.
    ///
    /// - Parameters:
    ///   - element: How an element stands in it.
    ///   - count: How many elements it may have.
    ///   - excess: What is expected when there are more, as `at most 64 layers`.
    ///   - lack: The error when there are fewer; `nil` for one that says how many there must be.
    /// - Returns: The format.
    public static func list<Element: Sendable>(
        of element: FieldFormat<Element>, count: ClosedRange<Int> = 0 ... .max,
        excess: String? = nil, lack: (@Sendable (DocumentCursor) -> DocumentError)? = nil
    ) -> FieldFormat where Value == [Element] {
        FieldFormat(
            schema: { .list(of: element.schema($0), count: count, isUnique: false) },
            read: { cursor throws(DocumentError) in
                var values: [Element] = []
                for cursor in try cursor.array() { values.append(try element.read(cursor)) }
                guard count.contains(values.count) else {
                    if let lack, values.count < count.lowerBound { throw lack(cursor) }
                    let few = "at least \(count.lowerBound) of them"
                    let many = excess ?? "at most \(count.upperBound) of them"
                    throw cursor.error(
                        expected: values.count < count.lowerBound ? few : many,
                        found: "\(values.count)")
                }
                return values
            },
            write: { DocumentValue(.array($0.map(element.write))) })
    }

    /// A list in which no value stands twice.
    ///
    /// - Parameters:
    ///   - element: How an element stands in it.
    ///   - noun: What an element is, for messages: `each seed once`.
    /// - Returns: The format.
    package static func set<Element: Sendable & Equatable>(
        of element: FieldFormat<Element>, noun: String
    ) -> FieldFormat where Value == [Element] {
        FieldFormat(
            schema: { .list(of: element.schema($0), count: 0 ... .max, isUnique: true) },
            read: { cursor throws(DocumentError) in
                var values: [Element] = []
                for cursor in try cursor.array() {
                    let value = try element.read(cursor)
                    guard !values.contains(value) else {
                        throw cursor.error(expected: "each \(noun) once")
                    }
                    values.append(value)
                }
                return values
            },
            write: { DocumentValue(.array($0.map(element.write))) })
    }
}
