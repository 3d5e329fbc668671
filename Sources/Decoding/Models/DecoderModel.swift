package import MetaLearning

/// What decides about windows: a trained network, a discriminant on features, ...
package protocol DecoderModel: Sendable {
    /// Its kind with its settings.
    var kind: any DecoderModelKind { get }
    /// Classes that it distinguishes.
    var classCount: Int { get }
    /// What it sees of a window.
    var sight: WindowSight { get }

    /// Makes what scores one window after the other.
    ///
    /// - Returns: A scorer, with all memory that it will ever use.
    func makeScorer() -> any WindowScorer

    /// Makes what scores windows while their samples arrive.
    ///
    /// - Parameter stride: Samples from one window to the next.
    /// - Returns: A scorer, with all memory that it will ever use; `nil` for a model that has to see
    ///   whole windows.
    func makeStreamedScorer(stride: Int) -> (any StreamedScorer)?

    /// Stores its numbers.
    ///
    /// - Parameter file: The bundle's tensors.
    func store(in file: inout Safetensors)
}

extension DecoderModel {
    /// None.
    package func makeStreamedScorer(stride: Int) -> (any StreamedScorer)? { nil }
}

/// What a model sees of a window.
package enum WindowSight: Sendable, Hashable {
    /// The conditioned signal in the channels' units.
    case conditioned
    /// The same, normalized channel by channel.
    case normalized
}

/// Scores one window after the other, without asking for memory.
package protocol WindowScorer: Sendable {
    /// Computes the probabilities of the classes.
    ///
    /// - Parameters:
    ///   - window: `[samples × channels]`, row after row, as the model's ``DecoderModel/sight`` has it.
    ///   - probabilities: Receives a number for each class; they sum to 1.
    mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>)

    /// Whether it can learn from windows that it has scored.
    var learns: Bool { get }

    /// Learns from the window that was scored last.
    ///
    /// - Parameter label: Its class; `nil` when nobody tells it, and then it is learned from only when
    ///   the model is made to do so.
    mutating func learn(_ label: Int?)
}

extension WindowScorer {
    /// It cannot.
    package var learns: Bool { false }
    /// Nothing is learned.
    package mutating func learn(_ label: Int?) {}
}
