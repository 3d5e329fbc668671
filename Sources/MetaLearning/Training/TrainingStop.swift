/// Training stopped because its observer asked for it; everything is saved, and the run can be
/// resumed where it stopped.
public struct TrainingStop: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was being done.
    public let moment: String

    /// Creates a stop.
    public init(moment: String) {
        self.moment = moment
    }

    /// When it stopped.
    public var description: String { "stopped \(moment)" }
}
