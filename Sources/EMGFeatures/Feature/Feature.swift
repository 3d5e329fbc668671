public import Documents

/// What is computed of a window of samples of one channel, such as its mean absolute value.
///
/// A feature is a value that is described by its fields: its parameters, such as thresholds, with
/// their ranges. With N samples x₀ … x₍N₋₁₎ it gives ``count`` numbers. What several features need,
/// such as sums, spectra and models, is computed once for all of them (``SharedNumbers``).
///
/// A feature of a package outside is one type that conforms to ``ScalarFeature``,
/// ``CountingFeature`` or, with several numbers, to this protocol; lists name it when it is added
/// to the `Kinds` that they are read with:
///
/// ```swift
/// kinds.add(feature: LogVariance.self)
/// let features = try FeatureList("mav,log_var", kinds: kinds)
/// ```
public protocol Feature: DescribedKind, Hashable {
    /// The name spelled out, for tables: `mean absolute value`. The short name, ``key``, is what
    /// lists and documents have, and in upper case the head of a column.
    static var fullName: String { get }

    /// The unit of its numbers.
    static var unit: FeatureUnit { get }

    /// The parameter that a number behind a colon sets, as in `zc:0.01`; `nil` when there is none.
    static var mainField: String? { get }

    /// How many numbers it gives.
    var count: Int { get }

    /// What it takes from ``SharedNumbers`` beside the sums.
    var needs: Set<SharedNumber> { get }

    /// Appends the feature's numbers for a window.
    ///
    /// - Parameters:
    ///   - window: The samples, at least 3.
    ///   - shared: What features of the window share: the sums, and what ``needs`` asks for.
    ///   - numbers: Where ``count`` numbers are appended.
    func append(_ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double])
}

extension Feature {
    /// No number behind a colon.
    public static var mainField: String? { nil }
    /// One.
    public var count: Int { 1 }
    /// The sums are enough.
    public var needs: Set<SharedNumber> { [] }

    /// A name for each number it gives: `MAV`, or `AR1`, `AR2`, ….
    public var columnNames: [String] {
        let name = Self.key.uppercased()
        return count == 1 ? [name] : (1...count).map { "\(name)\($0)" }
    }

    /// Refuses parameters outside the ranges of the fields.
    func check() throws(FeatureError) {
        let cursor = DocumentCursor(value: document, document: Self.key, path: "$")
        do throws(DocumentError) { _ = try Self(cursor) } catch { throw FeatureError(error) }
    }
}

/// A feature that is one number.
public protocol ScalarFeature: Feature {
    /// The number for a window.
    ///
    /// - Parameters:
    ///   - window: The samples, at least 3.
    ///   - shared: What features of the window share: the sums, and what ``Feature/needs`` asks
    ///     for.
    /// - Returns: The number.
    func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double
}

extension ScalarFeature {
    /// Appends the value.
    public func append(
        _ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double]
    ) {
        numbers.append(value(of: window, shared))
    }
}
