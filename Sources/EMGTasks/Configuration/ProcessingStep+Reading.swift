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
}
