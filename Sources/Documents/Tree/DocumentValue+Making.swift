// Values that a program makes, to be written as JSON or YAML: they stand in no text.

extension DocumentValue.Content {
    /// Values in order.
    package static func array(_ values: [DocumentValue]) -> Self { .array(DocumentList(values)) }
}

extension DocumentValue {
    /// Nothing.
    package static let null = DocumentValue(.null)

    /// True or false.
    package static func boolean(_ value: Bool) -> DocumentValue { DocumentValue(.boolean(value)) }

    /// A whole number.
    package static func integer(_ value: Int) -> DocumentValue { DocumentValue(.integer(value)) }

    /// A number; what is not finite is written as nothing in JSON.
    package static func number(_ value: Double) -> DocumentValue { DocumentValue(.number(value)) }

    /// A text.
    package static func string(_ value: String) -> DocumentValue { DocumentValue(.string(value)) }

    /// Values in order.
    package static func array(_ values: [DocumentValue]) -> DocumentValue {
        DocumentValue(.array(values))
    }

    /// Texts in order.
    package static func strings(_ values: some Sequence<String>) -> DocumentValue {
        .array(values.map { .string($0) })
    }

    /// Whole numbers in order.
    package static func integers(_ values: some Sequence<Int>) -> DocumentValue {
        .array(values.map { .integer($0) })
    }

    /// Numbers in order.
    package static func numbers(_ values: some Sequence<Double>) -> DocumentValue {
        .array(values.map { .number($0) })
    }

    /// Named values in order.
    package static func object(
        _ members: KeyValuePairs<String, DocumentValue>
    ) -> DocumentValue {
        .object(members.map { Member(key: $0.key, value: $0.value) })
    }

    /// Named values in order, without those that are not known.
    package static func object(
        known members: KeyValuePairs<String, DocumentValue?>
    ) -> DocumentValue {
        .object(members.compactMap { name, value in value.map { Member(key: name, value: $0) } })
    }

    /// Counts by name, in the order of the names.
    package static func counts(_ counts: [String: Int]) -> DocumentValue {
        .object(sorted: counts.mapValues { .integer($0) })
    }

    /// Named values in order.
    package static func object(_ members: [Member]) -> DocumentValue {
        DocumentValue(.object(members))
    }

    /// Named values in the order of their names.
    package static func object(sorted members: [String: DocumentValue]) -> DocumentValue {
        .object(
            members.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value) })
    }
}
