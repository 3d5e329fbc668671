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
    public static func object(_ type: Value.Type = Value.self) -> FieldFormat
    where Value: Described {
        FieldFormat(
            schema: { .object(Value.schema(with: $0)) },
            read: { cursor throws(DocumentError) in try Value(cursor) },
            write: { $0.document })
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
    public static func set<Element: Sendable & Equatable>(
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
