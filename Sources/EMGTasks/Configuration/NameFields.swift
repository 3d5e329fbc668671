internal import Documents

extension FieldFormat<[String]> {
    /// Names.
    static var names: FieldFormat { .list(of: .name) }

    /// Names, at least one.
    ///
    /// - Parameter words: What is expected when there is none.
    /// - Returns: The format.
    static func someNames(_ words: String) -> FieldFormat { .some(of: .name, words) }
}

extension FieldFormat {
    /// A list that is not empty.
    ///
    /// - Parameters:
    ///   - element: How an element stands in it.
    ///   - words: What is expected when there is none.
    ///   - repetition: What is expected of an element that stands twice; `nil` when it may.
    /// - Returns: The format.
    static func some<Element: Sendable & Hashable>(
        of element: FieldFormat<Element>, _ words: String, repetition: String? = nil
    ) -> FieldFormat where Value == [Element] {
        FieldFormat(
            schema: {
                .list(
                    of: element.schema($0), count: 1 ... .max, isUnique: repetition != nil)
            },
            read: { list throws(DocumentError) in
                var values: [Element] = []
                for cursor in try list.array() {
                    let value = try element.read(cursor)
                    if let repetition, values.contains(value) {
                        throw cursor.error(expected: repetition)
                    }
                    values.append(value)
                }
                guard !values.isEmpty else { throw list.error(expected: words) }
                return values
            },
            write: { DocumentValue(.array($0.map(element.write))) })
    }
}

extension Field {
    /// Creates a field of names that is left out when there are none.
    static func names(
        _ key: String, _ path: any WritableKeyPath<Root, [String]> & Sendable,
        _ documentation: String
    ) -> Field {
        .list(key, path, .names, documentation)
    }

    /// Creates a field of a list that is left out when it is empty.
    static func list<Element: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Root, [Element]> & Sendable,
        _ format: FieldFormat<[Element]>, _ documentation: String
    ) -> Field {
        Field(
            key, schema: format.schema, documentation,
            read: { cursor, root throws(DocumentError) in
                root[keyPath: path] = try format.read(cursor)
            },
            write: { $0[keyPath: path].isEmpty ? nil : format.write($0[keyPath: path]) })
    }
}
