public import Autodiff

/// What a model is trained to make small.
public struct Loss: Sendable {
    /// What the targets of a loss are.
    enum Targets: Sendable, Hashable {
        /// A class for each sample.
        case classes
        /// A row of numbers for each sample.
        case values
    }

    /// Records a loss from outputs, targets and weights; see ``init(_:record:)``.
    public typealias Recording =
        @Sendable (
            _ tape: inout Tape, _ outputs: Tape.Variable, _ targets: Tape.Variable,
            _ weights: Tape.Variable
        ) -> Tape.Variable

    /// Its name, for messages.
    public let name: String
    let targets: Targets
    let record: Recording

    private init(_ name: String, targets: Targets, record: @escaping Recording) {
        self.name = name
        self.targets = targets
        self.record = record
    }

    /// A loss of outputs against rows of numbers.
    ///
    /// - Parameters:
    ///   - name: Its name, for messages.
    ///   - record: Records the loss as a scalar on a tape, from outputs, targets and weights, each
    ///     `[samples, outputs]`. Each weight is one over the batch's samples, so that
    ///     `Σ weight · loss` is the mean over samples.
    public init(_ name: String, record: @escaping Recording) {
        self.init(name, targets: .values, record: record)
    }

    /// The softmax cross-entropy against classes.
    public static let crossEntropy = Loss("cross-entropy", targets: .classes) {
        tape, outputs, targets, _ in
        // Targets carry their samples' weights.
        tape.crossEntropy(outputs, targets: targets)
    }

    /// The mean squared error over samples and outputs.
    public static let meanSquaredError = Loss("mean squared error", targets: .values) {
        tape, outputs, targets, weights in
        let loss = tape.squaredError(outputs, targets: targets, weights: weights)
        let width = tape.shape(of: outputs)[1]
        return width == 1 ? loss : tape.scale(loss, by: 1 / Double(width))
    }
}
