/// Where decisions go: one kind a file, chosen by the scheme of a ``SinkAddress``.
package protocol DecisionSink: AnyObject {
    /// What it is called in messages.
    var name: String { get }
    /// Outputs that it did not get rid of.
    var droppedCount: Int { get }

    /// Puts out a decision.
    ///
    /// - Parameters:
    ///   - record: The decision.
    ///   - probabilities: One a class; all 0 where there is no whole window.
    func put(_ record: DecisionRecord, _ probabilities: Span<Double>)

    /// Gets rid of what was put, when all decisions of some samples were.
    ///
    /// - Throws: ``DecodingError`` when that is not possible any more.
    func flush() throws(DecodingError)

    /// Lets go of it.
    func close()
}
