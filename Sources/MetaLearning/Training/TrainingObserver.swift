public import Autodiff

/// Watches a training run, keeps what it likes of it, and may ask it to stop.
///
/// All calls come from the thread that trains. What an observer throws ends the training.
public protocol TrainingObserver: Sendable {
    /// Whether training should stop after the step it is at.
    var wantsStop: Bool { get }

    /// Something happened.
    func observe(_ event: TrainingEvent) throws

    /// The parameters after a meta-epoch.
    ///
    /// - Parameters:
    ///   - parameters: The model's parameters.
    ///   - epoch: The meta-epoch, counted from 1.
    /// - Throws: Whatever should end the training.
    func observe(_ parameters: Parameters<Float>, after epoch: Int) throws

    /// Training is done; called before the run's table is written, which says that it is complete.
    func observe(_ result: TrainingResult) throws
}
