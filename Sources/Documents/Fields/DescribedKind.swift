/// A described type that is one of several kinds, with a name in documents.
public protocol DescribedKind: Described {
    /// The name in documents, in lower case with underscores.
    static var key: String { get }
    /// What it is, in a sentence.
    static var documentation: String { get }
}

extension DescribedKind {
    /// The members of an object that says by one of them, the first, which kind it is.
    func members(namedBy tag: String) -> [DocumentValue.Member] {
        [DocumentValue.Member(key: tag, value: DocumentValue(.string(Self.key)))] + members
    }
}
