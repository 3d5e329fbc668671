/// How samples lie in bytes.
protocol PacketLayout {
    /// What a device is sent to make it begin; empty for one that begins by itself.
    var greeting: [UInt8] { get }
    /// What a device is sent to make it stop.
    var farewell: [UInt8] { get }
    /// What the bytes said of the stream; `nil` before the first ``LayoutStep/described``.
    var stream: StreamDescription? { get }

    /// Forgets what came before: the connection is a new one.
    mutating func reset()

    /// Takes what comes next from the bytes.
    ///
    /// - Parameters:
    ///   - buffer: What has arrived; what is taken is dropped.
    ///   - isEnd: Whether nothing will follow.
    ///   - block: Receives samples; changed for ``LayoutStep/samples`` only.
    /// - Returns: What came.
    /// - Throws: ``DecodingError`` for bytes that will never be samples.
    mutating func take(
        from buffer: inout ReceiveBuffer, isEnd: Bool, into block: inout SampleBlock
    ) throws(DecodingError) -> LayoutStep
}

/// What is found in bytes.
enum LayoutStep: Hashable {
    /// What the stream is.
    case described
    /// Samples.
    case samples
    /// Bytes that are no packet, or a packet whose number says that others are missing.
    case fault(SourceFault)
    /// Nothing yet.
    case needsMoreBytes
    /// The sender says that there will be no more.
    case ended
}
