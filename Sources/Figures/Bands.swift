/// Segments of the horizontal axis: what was asked for, what a sample was used for, where a
/// signal is not to be trusted.
public struct Bands: Sendable, Hashable {
    /// What a band means; it decides the look.
    public enum Style: Sendable, Hashable {
        /// A class, the same color for the same index everywhere.
        case category(Int)
        /// Samples a model adapts to: tinted.
        case support
        /// Samples a model is tested on: hatched.
        case query
        /// Samples that are not as they should be.
        case flawed
        /// Nothing in particular: gray.
        case neutral
    }

    /// One segment.
    public struct Band: Sendable, Hashable {
        /// Where it begins.
        public var start: Double
        /// Where it ends.
        public var end: Double
        /// Its name; shown inside when there is room.
        public var label: String
        /// What it means.
        public var style: Style

        /// Creates a band.
        ///
        /// - Parameters:
        ///   - start: Where it begins.
        ///   - end: Where it ends.
        ///   - label: Its name.
        ///   - style: What it means.
        public init(from start: Double, to end: Double, label: String = "", style: Style) {
            self.start = start
            self.end = end
            self.label = label
            self.style = style
        }
    }

    /// Where bands lie vertically.
    public enum Place: Sendable, Hashable {
        /// Behind everything, over the whole height; their names are in the legend.
        case background
        /// In a row of the vertical axis' categories; their names are inside.
        case row(Int)
    }

    /// The bands, in ascending order.
    public var bands: [Band]
    /// Where they lie vertically.
    public var place: Place

    /// Creates bands.
    ///
    /// - Parameters:
    ///   - bands: The bands, in ascending order.
    ///   - place: Where they lie vertically.
    public init(_ bands: [Band], place: Place = .background) {
        self.bands = bands
        self.place = place
    }
}
