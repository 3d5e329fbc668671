/// Scores windows while their samples arrive, so that little is left to do when the last one comes.
///
/// Numbers are the same however samples are handed over.
package protocol StreamedScorer: Sendable {
    /// Takes the next sample.
    ///
    /// - Parameters:
    ///   - sample: One number a channel, as the model's ``DecoderModel/sight`` has it.
    ///   - beginsWindow: Whether a window begins with it.
    mutating func take(_ sample: Span<Float>, beginsWindow: Bool)

    /// Forgets the windows that are under way: what comes does not continue what was.
    mutating func interrupt()

    /// Computes the probabilities of the classes for the window that ended with the newest sample.
    ///
    /// - Parameter probabilities: Receives a number for each class; they sum to 1. All are NaN
    ///   when no window ended there.
    mutating func score(into probabilities: inout MutableSpan<Double>)
}
