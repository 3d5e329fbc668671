public import Documents
public import SeededRandom

/// How a task is varied as a whole, so that a model must read off its support what cannot be known
/// before: how the armband sits, which electrode is off, what a gesture is called.
///
/// It is drawn once a task and shared by support and query; variation of each window by itself
/// teaches a model not to mind, not to adapt. A kind of a package outside is one type that conforms;
/// documents name it when it is added to the `Kinds` that they are read with.
public protocol TaskVariation: DescribedKind, Hashable {
    /// Adds what this kind varies to a task's draw.
    ///
    /// - Parameters:
    ///   - draw: What other kinds have drawn for the task.
    ///   - task: What the task is.
    ///   - generator: What random choices are drawn from; each kind has its own, so that one more
    ///     kind does not move what others draw.
    func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator)
}

extension TaskVariation {
    /// The value of `kind` in a configuration and a manifest.
    public var name: String { Self.key }
}
