internal import Foundation

/// The signal that ends a process which writes to a pipe nobody reads.
enum PipeSignal {
    /// Writes to a pipe whose reader may be gone: that is an error then, not the end of this
    /// process. Other threads and what the program does about the signal are not touched.
    ///
    /// - Parameter body: What writes.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    static func blocked<Result>(_ body: () throws -> Result) throws -> Result {
        var signals = sigset_t()
        var former = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, &former)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
        do {
            return try body()
        } catch {
            // The signal waits for this thread: it is taken, so that it does not come later.
            var pending = sigset_t()
            unsafe sigpending(&pending)
            var signal: Int32 = 0
            if unsafe sigismember(&pending, SIGPIPE) == 1 { unsafe sigwait(&signals, &signal) }
            throw error
        }
    }
}
