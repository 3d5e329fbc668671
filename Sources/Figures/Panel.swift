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
