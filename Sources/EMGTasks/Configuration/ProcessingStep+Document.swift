internal import Documents
internal import EMGSignal

extension [String: ProcessingStep.Value] {
    /// The parameters as members of an object, without places in a text.
    var members: [DocumentValue.Member] {
        let nowhere = DocumentPosition(line: 1, column: 1)
        return sorted { $0.key < $1.key }.map { key, value in
            DocumentValue.Member(key: key, position: nowhere, value: value.document)
        }
    }
}

extension ProcessingStep.Value {
    /// The parameter as a value of a document, without a place in a text.
    var document: DocumentValue {
        let content: DocumentValue.Content =
            switch self {
            case .number(let number): .number(number)
            case .integer(let number): .integer(number)
            case .text(let text): .string(text)
            case .flag(let flag): .boolean(flag)
            case .list(let values): .array(values.map(\.document))
            }
        return DocumentValue(content, at: DocumentPosition(line: 1, column: 1))
    }
}
