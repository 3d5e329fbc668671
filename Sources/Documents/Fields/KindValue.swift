/// A property that is one of several kinds, compared by its value, so that the type it is in can be
/// `Hashable`.
///
/// ```swift
/// struct Settings: Hashable {
///     @KindValue var rule: any LabelRule
/// }
/// ```
@propertyWrapper
public struct KindValue<Kind: Sendable>: Sendable, Hashable {
    /// The value; its type is `Hashable`.
    public var wrappedValue: Kind

    /// Keeps a value.
    ///
    /// - Parameter wrappedValue: A value of a type that is `Hashable`.
    public init(wrappedValue: Kind) {
        self.wrappedValue = wrappedValue
    }

    private var hashable: AnyHashable? { wrappedValue as? AnyHashable }

    /// Whether both are of one type and equal.
    public static func == (left: Self, right: Self) -> Bool {
        guard let value = left.hashable else { return false }
        return value == right.hashable
    }

    /// Feeds the value.
    public func hash(into hasher: inout Hasher) { hasher.combine(hashable) }
}
