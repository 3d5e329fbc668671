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

extension ErrorReport {
    /// Reads what ``document`` gives.
    ///
    /// - Parameter cursor: The error.
    /// - Throws: ``DocumentError`` that says what is wrong where.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "kind", "file", "line", "column", "byte", "object", "expected", "found", "hint",
            "message",
        ])
        self.init(
            kind: try object.required("kind").string(),
            place: ErrorPlace(
                file: try object.optional("file")?.string(),
                line: try object.optional("line")?.integer(),
                column: try object.optional("column")?.integer(),
                byte: try object.optional("byte")?.integer(),
                object: try object.optional("object")?.string()),
            expected: try object.optional("expected")?.string(),
            found: try object.optional("found")?.string(),
            hint: try object.optional("hint")?.string() ?? "",
            message: try object.required("message").string())
    }
}
