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
