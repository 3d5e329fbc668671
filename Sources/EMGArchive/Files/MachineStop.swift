package import ErrorReports
private import Synchronization

/// Ends a batch that works on several threads at the first fault of the machine: what has not
/// begun is not begun.
package final class MachineStop: Sendable {
    private let fault = Mutex<MachineFault?>(nil)

    /// Creates one for a batch.
    package init() {}

    /// What ended the batch; `nil` while it goes on.
    package var found: MachineFault? { fault.withLock { $0 } }

    /// Does a part of the batch.
    ///
    /// - Parameter body: The part.
    /// - Returns: What `body` returns.
    /// - Throws: The fault that the machine had meanwhile, or has now.
    package func unlessStopped<Result>(
        _ body: () throws(MachineFault) -> Result
    ) throws(ArchiveError) -> Result {
        if let found { throw ArchiveError(found) }
        do throws(MachineFault) {
            return try body()
        } catch {
            fault.withLock { $0 = $0 ?? error }
            throw ArchiveError(error)
        }
    }
}
