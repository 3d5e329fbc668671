internal import Documents

extension FieldFormat<Double> {
    /// The length of the unit of time stamps, in seconds, as every template names it.
    static var timeUnit: FieldFormat {
        .choice(["s": 1, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60])
    }
}

extension FieldFormat {
    /// One value, kept as a list of one.
    static func one<Element: Sendable>(
        _ element: FieldFormat<Element>
    ) -> FieldFormat where Value == [Element] {
        FieldFormat(
            schema: element.schema,
            read: { cursor throws(DocumentError) in [try element.read(cursor)] },
            write: { $0.first.map(element.write) ?? .null })
    }
}
