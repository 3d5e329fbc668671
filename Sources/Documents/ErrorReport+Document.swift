package import ErrorReports

extension ErrorReport {
    /// The error for programs: `kind` and `message`, and what is known of `file`, `line`, `column`,
    /// `byte`, `object`, `expected`, `found` and `hint`.
    package var document: DocumentValue {
        .object(known: [
            "kind": .string(kind), "file": place.file.map { .string($0) },
            "line": place.line.map { .integer($0) }, "column": place.column.map { .integer($0) },
            "byte": place.byte.map { .integer($0) }, "object": place.object.map { .string($0) },
            "expected": expected.map { .string($0) }, "found": found.map { .string($0) },
            "hint": hint.isEmpty ? nil : .string(hint), "message": .string(description),
        ])
    }
}
