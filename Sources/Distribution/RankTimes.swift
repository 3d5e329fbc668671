/// What a rank's time went into, and what it sent, since the count began.
package struct RankTimes: Sendable, Hashable {
    /// Seconds of work on its own tasks.
    package var compute = 0.0
    /// Seconds of waiting for ranks that were still at work.
    package var idle = 0.0
    /// Seconds of moving numbers between ranks.
    package var exchange = 0.0
    /// Bytes sent to other ranks.
    package var bytesSent = 0
    /// Tasks that were worked on.
    package var tasks = 0

    /// Nothing yet.
    package init() {}

    /// Puts the times into a message.
    package func write(to message: inout MessageWriter) {
        for value in [compute, idle, exchange] { message.put(value) }
        message.put(bytesSent)
        message.put(tasks)
    }

    /// Takes the times from a message.
    ///
    /// - Throws: ``DistributionError`` when the message ends before them.
    package init(_ message: inout MessageReader) throws(DistributionError) {
        compute = try message.number()
        idle = try message.number()
        exchange = try message.number()
        bytesSent = try message.integer()
        tasks = try message.integer()
    }
}
