internal import Documents
internal import EMGSignal

extension [String: ProcessingStep.Value] {
    /// The members of a document as parameters; what is nothing or an object is left out.
    init(_ members: [DocumentValue.Member]) {
        self.init(
            members.compactMap { member in
                ProcessingStep.Value(member.value).map { (member.key, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The parameters as members of an object, without places in a text.
    var members: [DocumentValue.Member] {
        let nowhere = DocumentPosition(line: 1, column: 1)
        return sorted { $0.key < $1.key }.map { key, value in
            DocumentValue.Member(key: key, position: nowhere, value: value.document)
        }
    }
}

extension ProcessingStep.Value {
    /// A value of a document as a parameter; `nil` for nothing and objects.
    init?(_ value: DocumentValue) {
        switch value.content {
        case .null, .object: return nil
        case .boolean(let flag): self = .flag(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let values): self = .list(values.compactMap(Self.init))
        }
    }

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
