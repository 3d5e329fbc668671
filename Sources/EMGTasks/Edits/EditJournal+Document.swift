package import Documents
private import EMGSignal

extension EditJournal {
    /// Reads a journal.
    ///
    /// - Parameter cursor: The top of an edit file.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "format", "format_version", "software", "decisions",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(
                expected: "\"\(Self.format)\"", hint: "is this file the edit file of a review?")
        }
        let version = try object.required("format_version")
        guard try version.integer() == Self.formatVersion else {
            throw version.error(
                expected: "\(Self.formatVersion)", hint: "a newer myotask may read it")
        }
        _ = try object.optional("software")?.string()
        var decisions: [EditDecision] = []
        for (index, element) in try object.required("decisions").array().enumerated() {
            let decision = try EditDecision(element, number: index + 1)
            if case .undo(let number) = decision.action,
                decisions[number - 1].recording != decision.recording
            {
                throw try element.object().required("undoes").error(
                    expected: "a decision about \(decision.recording)",
                    found: "one about \(decisions[number - 1].recording)")
            }
            decisions.append(decision)
        }
        self.init(decisions)
    }

    /// The journal as the text of an edit file: one decision a line, so that versions of the file
    /// can be compared line by line.
    package var json: String {
        DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(Self.formatVersion),
            "software": .string(SoftwareVersion.text),
            "decisions": .array(decisions.map(\.document)),
        ]).json(Self.style)
    }

    private static let style: JSONStyle = {
        var style = JSONStyle.indented(onOneLine: ["decisions.*"])
        style.indentation = 0
        return style
    }()
}
