/// A way that bytes come.
protocol ByteConnection: AnyObject {
    /// What it is called in messages.
    var name: String { get }
    /// Whether it can be made again when it is lost.
    var isPersistent: Bool { get }
    /// Why there is no connection; `nil` when there is one.
    var problem: String? { get }

    /// Goes on connecting.
    ///
    /// - Parameter deadline: When to come back all the same.
    /// - Returns: Whether there is a connection now.
    /// - Throws: ``DecodingError`` for what waiting does not mend.
    func connect(until deadline: UInt64) throws(DecodingError) -> Bool

    /// Waits for bytes.
    ///
    /// - Parameters:
    ///   - buffer: Receives them; it must have room.
    ///   - deadline: When to come back without any.
    /// - Returns: What happened.
    func receive(into buffer: inout ReceiveBuffer, until deadline: UInt64) -> Reception

    /// Sends bytes, as far as that goes without waiting.
    func send(_ bytes: [UInt8])

    /// Lets go of the connection.
    func disconnect()
}

/// What came of waiting for bytes.
enum Reception {
    /// Some came.
    case bytes
    /// None came in time.
    case nothing
    /// There will be none: the other end has closed.
    case closed
}
