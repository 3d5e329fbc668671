/// What packages outside add to the kinds of the library: stages, models, split rules and all else
/// that documents call by a name.
///
/// A ``Document`` carries the kinds that it is read with.
public struct Kinds: Sendable {
    /// By the type of the thing.
    var added: [ObjectIdentifier: any AddedKinds] = [:]

    /// Nothing added.
    public init() {}
}

/// The kinds of one thing that were added.
protocol AddedKinds: Sendable {
    /// Their names.
    var names: [String] { get }
}

extension Kinds: Hashable {
    private var names: [ObjectIdentifier: [String]] { added.mapValues(\.names) }

    /// Whether kinds of the same names are added on both sides.
    public static func == (left: Kinds, right: Kinds) -> Bool { left.names == right.names }

    /// Feeds the names of what is added.
    public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
