/// One pair of axes and what is drawn in it.
public struct Panel: Sendable, Hashable {
    /// What stands above the panel; empty for nothing.
    public var title: String
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// What is drawn, the first at the bottom.
    public var marks: [Mark]
    /// Whether there is a legend; `nil` for one when there is more than one name to distinguish.
    public var showsLegend: Bool?
    /// The height in proportion to the other rows of the figure, above 0; the highest panel of a
    /// row counts.
    public var weight: Double

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - title: What stands above the panel.
    ///   - x: The horizontal axis.
    ///   - y: The vertical axis.
    ///   - marks: What is drawn, the first at the bottom.
    ///   - showsLegend: Whether there is a legend.
    ///   - weight: The height in proportion to the other rows, above 0.
    public init(
        title: String = "", x: Axis = Axis(), y: Axis = Axis(), marks: [Mark],
        showsLegend: Bool? = nil, weight: Double = 1
    ) {
        precondition(
            weight.isFinite && weight > 0, "a panel's weight is above 0, got \(weight)")
        self.title = title
        self.x = x
        self.y = y
        self.marks = marks
        self.showsLegend = showsLegend
        self.weight = weight
    }
}

/// Something drawn in a panel.
public enum Mark: Sendable, Hashable {
    /// A line through points, or a long signal.
    case curve(Curve)
    /// The area between two lines over the same points: a spread.
    case ribbon(Ribbon)
    /// Segments of the horizontal axis: labels, parts, marks of quality.
    case bands(Bands)
    /// Bars over the categories of the horizontal axis, grouped with those of other marks.
    case bars(Bars)
    /// A matrix in colors over the categories of both axes.
    case heatMap(HeatMap)
    /// A line across the panel: a corner, a level, chance.
    case reference(ReferenceLine)
}

/// How values are drawn apart from others.
public enum SeriesColor: Sendable, Hashable {
    /// The next one of the panel.
    case automatic
    /// The one of an index, the same in every panel; indices beyond the palette begin again.
    case series(Int)
    /// Gray, behind the others.
    case muted
}
