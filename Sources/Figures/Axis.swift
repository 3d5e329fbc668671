/// An axis of a panel.
public struct Axis: Sendable, Hashable {
    /// How values lie along an axis.
    public enum Scale: Sendable, Hashable {
        /// Evenly.
        case linear
        /// By their logarithm; what is not above zero is left out.
        case logarithmic
        /// Names: the first at 0, the next at 1. On a vertical axis the first is on top.
        case categories([String])
    }

    /// What the numbers are; empty for nothing.
    public var label: String
    /// Their unit; empty for none.
    public var unit: String
    /// How they lie along the axis.
    public var scale: Scale
    /// The ends of the axis; `nil` for ends that hold all values. An end that is not finite, or
    /// not above zero on a logarithmic axis, counts as not stated.
    public var range: ClosedRange<Double>?
    /// Whether lines go across the panel at the numbers.
    public var showsGrid: Bool
    /// Whether ends that are not stated lie at round numbers: usual for vertical axes; a
    /// horizontal one then ends where the values do.
    public var endsAtRoundNumbers: Bool?

    /// Creates an axis.
    ///
    /// - Parameters:
    ///   - label: What the numbers are.
    ///   - unit: Their unit.
    ///   - scale: How they lie along the axis.
    ///   - range: The ends of the axis; `nil` for ends that hold all values.
    ///   - showsGrid: Whether lines go across the panel at the numbers.
    ///   - endsAtRoundNumbers: Whether ends that are not stated lie at round numbers; `nil` for
    ///     what is usual for the axis.
    public init(
        _ label: String = "", unit: String = "", scale: Scale = .linear,
        range: ClosedRange<Double>? = nil, showsGrid: Bool = true,
        endsAtRoundNumbers: Bool? = nil
    ) {
        self.label = label
        self.unit = unit
        self.scale = scale
        self.range = range
        self.showsGrid = showsGrid
        self.endsAtRoundNumbers = endsAtRoundNumbers
    }

    /// The label with its unit: `frequency (Hz)`.
    var title: String {
        if unit.isEmpty { return label }
        return label.isEmpty ? unit : "\(label) (\(unit))"
    }

    /// The names of a scale of categories.
    var categories: [String]? {
        if case .categories(let names) = scale { names } else { nil }
    }
}
