import Dispatch
import Experiments
import Foundation

/// Turns Ctrl-C and the request to end (SIGINT, SIGTERM) into a wish to stop; the second one ends
/// the program at once.
struct StopSignals {
    /// Is raised by the first signal.
    let flag = StopFlag()

    private let sources: [any DispatchSourceSignal]

    /// Begins to listen.
    init() {
        let flag = flag
        sources = [SIGINT, SIGTERM].map { number in
            // The default would end the program before it has saved anything.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard flag.isRaised else {
                    flag.raise()
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
    static func during<Result>(_ body: (StopFlag) throws -> Result) rethrows -> Result {
        let signals = StopSignals()
        defer { signals.end() }
        return try body(signals.flag)
    }

    private func end() {
        for source in sources { source.cancel() }
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
