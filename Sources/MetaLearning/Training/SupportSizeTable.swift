/// The test table on a part of each task's support.
package struct SupportSizeTable: Sendable, Hashable {
    /// The fraction of each class's support windows.
    package let share: Double
    /// One column a method.
    package internal(set) var columns: [TrainingResult.Column] = []

    init(share: Double) {
        self.share = share
    }
}
