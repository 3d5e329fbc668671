public import Documents

/// What distinguishes one collection of a design from the next.
///
/// A design of a package outside is one type that conforms; documents name it when it is added to
/// the `Kinds` that they are read with.
public protocol DesignRule: DescribedKind, Hashable {
    /// Lays the design out over recordings.
    ///
    /// - Parameter input: The recordings, and how validation tasks are drawn from them.
    /// - Returns: The collections, in a stable order with stable names.
    /// - Throws: ``TaskError`` when a task would be in two lists, a name fits nothing, or a list is
    ///   left empty.
    func folds(of input: DesignInput) throws(TaskError) -> [DesignFold]
}

extension DesignRule {
    /// The value of `design.rule` in a configuration.
    public var name: String { Self.key }
}
