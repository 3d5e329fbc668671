package import Decoding

/// Sees what comes from a source before it is decoded, on the thread that decodes.
package protocol StreamObserver: AnyObject {
    /// The stream is there, for the first time or again.
    func connect(_ stream: StreamDescription, from source: String) throws(DecodingError)
    /// Samples came.
    func take(_ block: SampleBlock)
    /// Samples are missing, so many; 0 when nobody knows.
    func lose(_ samples: Int)
    /// The connection was lost.
    func disconnect()
}

/// A source whose samples somebody else sees, too.
package final class ObservedSource: SampleSource {
    private let source: any SampleSource
    private let observer: any StreamObserver

    /// Wraps a source.
    ///
    /// - Parameters:
    ///   - source: Where samples come from.
    ///   - observer: Who sees them.
    package init(_ source: any SampleSource, observer: any StreamObserver) {
        self.source = source
        self.observer = observer
    }

    package var name: String { source.name }
    package var stream: StreamDescription? { source.stream }
    package var problem: String? { source.problem }

    package func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        let event = try source.read(into: &block, until: deadline)
        switch event {
        case .described:
            if let stream = source.stream { try observer.connect(stream, from: source.name) }
        case .samples: observer.take(block)
        case .fault(.gap(let missing)), .fault(.malformed(let missing)): observer.lose(missing)
        case .fault(.disconnected): observer.disconnect()
        case .nothing, .ended: break
        }
        return event
    }

    package func close() { source.close() }
}
