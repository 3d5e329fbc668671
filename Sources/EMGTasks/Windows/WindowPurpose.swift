/// What windows are cut for: what a refused recording can be helped with depends on it.
enum WindowPurpose: Sendable {
    /// A collection, whose configuration chooses recordings, channels and quality.
    case collection
    /// A table of windows, which takes every recording that fits and has options.
    case table
}
