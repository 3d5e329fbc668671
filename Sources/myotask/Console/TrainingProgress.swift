import MetaLearning

/// How training shows: a line an epoch, and on a terminal how far the epoch is.
struct TrainingProgress: Sendable {
    /// Shows something that happened.
    func show(_ event: TrainingEvent) {
        switch event {
        case .step, .pretraining: Console.progress(event.description)
        case .prepared, .epoch, .selected, .tested:
            Console.endProgress()
            Console.note(event.description)
        }
    }
}
