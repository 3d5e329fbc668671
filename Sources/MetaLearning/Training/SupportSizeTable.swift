/// The test table on a part of each task's support.
public struct SupportSizeTable: Sendable, Hashable {
    /// The fraction of each class's support windows.
    public let share: Double
    /// One column a method.
    public internal(set) var columns: [TrainingResult.Column] = []

    init(share: Double) {
        self.share = share
    }
}
