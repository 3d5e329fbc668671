/// Which time a training task is drawn, and what for.
public struct EpisodeRound: Sendable, Hashable {
    /// Its name, such as `meta-step 12`: the same name draws the same again.
    public let name: String
    /// Whether classes and support may be varied, too, and not only channels: ordinary training
    /// keeps the classes' own labels and sees all windows.
    public let variesClasses: Bool

    /// Names a draw.
    public init(_ name: String, variesClasses: Bool = true) {
        self.name = name
        self.variesClasses = variesClasses
    }
}
