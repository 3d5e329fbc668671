/// Where samples come from as they are measured: one kind a file, chosen by the scheme of a
/// ``SourceAddress``.
package protocol SampleSource: AnyObject {
    /// What it is called in messages.
    var name: String { get }
    /// What is known of the stream; `nil` before the first ``SourceEvent/described``.
    var stream: StreamDescription? { get }
    /// Why there is no connection; `nil` when there is one or none is needed.
    var problem: String? { get }

    /// Waits for what comes next.
    ///
    /// A source that was disconnected tries to connect again each time, no more often than its
    /// patience grows.
    ///
    /// - Parameters:
    ///   - block: Receives samples; changed for ``SourceEvent/samples`` only.
    ///   - deadline: When to come back with ``SourceEvent/nothing``, by ``MonotonicClock``.
    /// - Returns: What came.
    /// - Throws: ``DecodingError`` for what waiting does not mend.
    func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent

    /// Tells a device to stop and lets go of it.
    func close()
}

/// What comes from a source.
package enum SourceEvent: Sendable, Hashable {
    /// The stream is there, for the first time or again: ``SampleSource/stream`` says what it is.
    case described
    /// The block has samples.
    case samples
    /// Nothing came.
    case nothing
    /// Something came that should not, or did not come that should.
    case fault(SourceFault)
    /// There will be no more.
    case ended
}

/// What can go wrong with a stream that goes on.
package enum SourceFault: Sendable, Hashable {
    /// Samples are missing, so many.
    case gap(missing: Int)
    /// A packet that is none; how many samples it stood for, when that is known.
    case malformed(missing: Int)
    /// The connection was lost.
    case disconnected
}
