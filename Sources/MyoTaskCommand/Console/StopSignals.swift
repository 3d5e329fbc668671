import Dispatch
import Experiments
import Foundation

/// Turns Ctrl-C and the request to end (SIGINT, SIGTERM) into a wish to stop; the second one ends
/// the program at once.
struct StopSignals {
    /// Is raised by the first signal.
    let flag = StopFlag()

    private let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - numbers: To which signals.
    ///   - isSilent: Whether nothing is said of it.
    init(_ numbers: [Int32] = [SIGINT, SIGTERM], isSilent: Bool = false) {
        let flag = flag
        let numbers = numbers.filter { $0 != SIGHUP || !Self.ignoresHangUp }
        self.numbers = numbers
        sources = numbers.map { number in
            // The default would end the program before it has saved anything.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard flag.isRaised else {
                    flag.raise()
                    guard !isSilent else { return }
                    Console.endProgress()
                    Console.note("stopping after this step; once more to stop at once")
                    return
                }
                Foundation.exit(ExitStatus.interrupted.rawValue)
            }
            source.resume()
            return source
        }
    }

    /// Listens while something is done.
    static func during<Result>(
        _ numbers: [Int32] = [SIGINT, SIGTERM], isSilent: Bool = false,
        _ body: (StopFlag) throws -> Result
    ) rethrows -> Result {
        let signals = StopSignals(numbers, isSilent: isSilent)
        defer { signals.end() }
        return try body(signals.flag)
    }

    /// Whether somebody, such as `nohup`, wants the program to go on without its terminal.
    private static var ignoresHangUp: Bool {
        var current = sigaction()
        unsafe sigaction(SIGHUP, nil, &current)
        #if canImport(Glibc)
            let handler = unsafe current.__sigaction_handler.sa_handler
        #else
            let handler = unsafe current.__sigaction_u.__sa_handler
        #endif
        // SIG_IGN is no function but the number 1.
        return unsafe unsafeBitCast(handler, to: Int.self) == 1
    }

    private func end() {
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
    }
}
