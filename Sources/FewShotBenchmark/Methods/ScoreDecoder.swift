private import MetaLearning

/// A decoder by scores: the more a class has, the likelier it is.
struct ScoreDecoder: PersonDecoder {
    /// What scores are multiplied by before they become probabilities.
    var sharpness = 1.0
    /// By how many channels windows are turned first.
    var turn = 0
    /// The score of each class for each window, `[windows][classes]`; a class that the method knows
    /// nothing of has −∞.
    let scores: @Sendable (PersonWindows) -> [[Double]]

    func probabilities(of windows: PersonWindows) -> [[Double]] {
        scores(windows.turned(by: turn)).map { $0.map { sharpness * $0 }.softmax }
    }
}
